"""A family or a branch signs up through one contact."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Organization
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.each import sum_over
from volunteers.actions.locks import lock_shift, lock_volunteers
from volunteers.actions.signups import leave_waitlist, sign_up
from volunteers.actions.waitlist import free_place, offer_places, save_counts
from volunteers.models import (
    Companion,
    Shift,
    ShiftPost,
    Signup,
    SignupGroup,
    Volunteer,
)
from volunteers.notices.groups import companions_released
from volunteers.notices.signups import signup_made
from volunteers.rules import (
    SignupClosed,
    SignupRefused,
    join_refusal,
    minors_refusal,
)

Kind, Age = SignupGroup.Kind, Companion.AgeBand


@retried_atomic
def sign_up_group(
    *,
    shift: Shift,
    contact: Volunteer,
    kind: str,
    companions: Sequence[Companion],
    now: datetime,
    organization: Organization | None = None,
    post: ShiftPost | None = None,
    is_guardian: bool = False,
) -> Signup:
    """Sign up a contact with places for those who come along, all at once or waiting.

    `companions` are unsaved: named with their consent, or without a name for who
    names themselves by the group's link. `is_guardian` is what the contact states
    about the minors named. Raises SignupRefused with the reason.
    Source: issue 6, groups.
    """
    # Before the group is written: its rows would hold the shift for others to wait.
    [contact] = lock_volunteers([contact.pk])
    shift = lock_shift(shift.pk)
    refusal = (
        _size_refusal(shift, post, heads=1 + len(companions))
        or _contact_refusal(contact, kind, organization, post)
        or _ages_refusal(shift, kind, companions, is_guardian=is_guardian)
    )
    if refusal:
        raise refusal
    group = SignupGroup.objects.create(
        shift=shift,
        contact=contact,
        kind=kind,
        organization=organization if kind == Kind.BRANCH else None,
    )
    signup = sign_up(
        shift=shift,
        volunteer=contact,
        post=post,
        group=group,
        heads=1 + len(companions),
        now=now,
    )
    for companion in companions:
        companion.group = group
        companion.consented_at = now if companion.name else None
        companion.save()
    audit.record(
        "volunteers.signup_group_created",
        target=group,
        by=contact.user,
        kind=kind,
        heads=signup.heads,
    )
    return signup


def _size_refusal(
    shift: Shift, post: ShiftPost | None, *, heads: int
) -> SignupRefused | None:
    if heads < 2:
        return SignupRefused("group", _("请填写至少一位同行人。"))
    if heads > shift.group_limit:
        words = {"limit": shift.group_limit}
        return SignupRefused("group", _("该班次一次最多 %(limit)d 人同来。") % words)
    if heads > (post or shift).capacity:
        return SignupRefused("group", _("名额总共没有这么多，请减少同行人。"))
    return None


def _contact_refusal(
    contact: Volunteer,
    kind: str,
    organization: Organization | None,
    post: ShiftPost | None,
) -> SignupRefused | None:
    if contact.user.is_minor:
        return SignupRefused("age", _("团体报名的联系人须年满18周岁。"))
    if kind == Kind.BRANCH and organization is None:
        return SignupRefused("group", _("请选择党组织。"))
    if post is not None and post.skill_id:
        return SignupRefused("skill", _("需要技能的岗位请各自报名。"))
    return None


def _ages_refusal(
    shift: Shift, kind: str, companions: Sequence[Companion], *, is_guardian: bool
) -> SignupRefused | None:
    ages = {companion.age_band for companion in companions if companion.name}
    if "" in ages:
        return SignupRefused("group", _("请选择每位同行人的年龄段。"))
    if not ages - {Age.ADULT}:
        return None
    if refusal := minors_refusal(shift):
        return refusal
    if Age.CHILD in ages and kind != Kind.FAMILY:
        return SignupRefused("age", _("14周岁以下儿童只能随家庭参加。"))
    if not is_guardian:
        return SignupRefused("needs_guardian", _("未成年人须由监护人作为联系人填写。"))
    return None


@retried_atomic
def join_group(*, group: SignupGroup, volunteer: Volunteer, now: datetime) -> Signup:
    """Take over a place a group holds for nobody in particular, with an own sign-up.

    The places taken stay as they are; who waited waits no longer. Raises SignupRefused
    with the reason, as while the group itself still waits.
    """
    [volunteer] = lock_volunteers([volunteer.pk])
    shift = lock_shift(group.shift_id)
    held = _held_by(group, shift)
    if held.state != Signup.State.CONFIRMED:
        raise SignupRefused("waiting", _("团体还没有确认名额，确认后再来填写。"))
    if refusal := join_refusal(shift, held.post, volunteer, now=now):
        raise refusal
    companion = group.companions.unnamed().first()
    if companion is None:
        raise SignupRefused("full", _("同行名额都已有人。请自己报名。"))
    leave_waitlist(shift, volunteer, reason=_("改为随团体参加"), now=now)
    save_counts(shift)
    held.heads -= 1
    held.save(update_fields=["heads"])
    signup = Signup(
        shift=shift,
        volunteer=volunteer,
        post=held.post,
        group=group,
        state=Signup.State.CONFIRMED,
    )
    try:
        with transaction.atomic():
            signup.save()
    except IntegrityError as error:
        raise SignupRefused("already_signed_up", _("您已报名该班次。")) from error
    companion.signup = signup
    companion.save(update_fields=["signup"])
    audit.record("volunteers.signup_confirmed", target=signup, by=volunteer.user)
    signup_made(signup)
    return signup


def _held_by(group: SignupGroup, shift: Shift) -> Signup:
    """The contact's sign-up that holds the group's places, of the locked shift."""
    signup = (
        group.signups.live()
        .filter(volunteer_id=group.contact_id)
        .select_related("volunteer", "post")
        .first()
    )
    if signup is None or shift.state != Shift.State.SCHEDULED:
        raise SignupClosed(_("该团体报名已取消。"))
    signup.shift = shift
    return signup


@retried_atomic
def name_companion(
    *,
    companion: Companion,
    name: str,
    age_band: str,
    by: User,
    now: datetime,
    is_guardian: bool = False,
) -> Companion:
    """The contact names who takes an open place, with their consent."""
    held, companion = _locked(companion, now=now)
    if companion.name:
        raise SignupClosed(_("这个同行名额已填写。"))
    companion.name, companion.age_band = name, age_band
    kind = companion.group.kind
    if refusal := _ages_refusal(held.shift, kind, [companion], is_guardian=is_guardian):
        raise refusal
    companion.consented_at = now
    companion.save(update_fields=["name", "age_band", "consented_at"])
    audit.record("volunteers.companion_changed", target=companion, by=by)
    return companion


@retried_atomic
def leave_companion(*, companion: Companion, by: User, now: datetime) -> list[Signup]:
    """Give one place of a group back; returns the sign-ups offered a place.

    Raises SignupClosed once the shift has started or the place is held no more.
    """
    held, companion = _locked(companion, now=now)
    _give_back(held, [companion], by=by, now=now)
    offered = offer_places(held.shift, now=now)
    save_counts(held.shift)
    return offered


def _locked(companion: Companion, *, now: datetime) -> tuple[Signup, Companion]:
    """The contact's sign-up and the companion, under the shift's lock."""
    shift = lock_shift(companion.group.shift_id)
    companion = Companion.objects.select_related("group").get(pk=companion.pk)
    companion.group.shift = shift
    held = _held_by(companion.group, shift)
    if shift.starts_at <= now:
        raise SignupClosed(_("班次已开始，不能再改同行人。"))
    if not companion.holds_place:
        raise SignupClosed(_("这个同行名额已不在您名下。"))
    return held, companion


def _give_back(
    held: Signup, companions: list[Companion], *, by: User | None, now: datetime
) -> None:
    free_place(held.shift, held, heads=len(companions))
    held.heads -= len(companions)
    held.save(update_fields=["heads"])
    for companion in companions:
        companion.left_at = now
        companion.save(update_fields=["left_at"])
        audit.record("volunteers.companion_removed", target=companion, by=by)


def release_open_companions(*, now: datetime) -> int:
    """Offer on, once sign-up has closed, places of groups nobody was named for.

    Safe to run twice at once. Returns how many places were released.
    """
    due = Companion.objects.unnamed().filter(
        group__shift__state=Shift.State.SCHEDULED,
        group__shift__signup_closes_at__lte=now,
        group__shift__starts_at__gt=now,
    )
    shifts = set(due.values_list("group__shift_id", flat=True))
    return sum_over(sorted(shifts), partial(_release, now=now))


@retried_atomic
def _release(shift_id: int, *, now: datetime) -> int:
    shift = lock_shift(shift_id)
    if shift.state != Shift.State.SCHEDULED or not (
        shift.signup_closes_at <= now < shift.starts_at
    ):
        return 0  # cancelled or moved since it was listed
    unnamed = Companion.objects.unnamed().filter(group__shift=shift)
    by_group: dict[SignupGroup, list[Companion]] = {}
    for companion in unnamed.select_related("group"):
        companion.group.shift = shift
        by_group.setdefault(companion.group, []).append(companion)
    for group, companions in by_group.items():
        held = _held_by(group, shift)
        _give_back(held, companions, by=None, now=now)
        companions_released(held, len(companions))
    offer_places(shift, now=now)
    save_counts(shift)
    return sum(len(companions) for companions in by_group.values())
