"""Writes to claims of micro-wishes: take one, bring it, give it up, see a contact."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.wishes import (
    WishRefused,
    locked_claim_on,
    locked_wish,
    reason_given,
)
from communities.models import Organization, Wish, WishClaim
from communities.notices import wishes as notices
from communities.permissions import Permission, has_permission
from communities.queries.wishes import claims_under_way, contacts_open_to
from core import audit
from core.phones import local_phone
from core.transactions import retried_atomic

State = WishClaim.State
# Nobody hoards: one person brings these first, then takes more.
MOST_LIVE_CLAIMS = 5
# Each claim and each end of one is mailed to the community: not without limit.
MOST_TRIES = 3


@dataclass(frozen=True)
class WishContact:
    """Whom to call, as far as the asker may know: "" for what is not theirs."""

    resident_name: str = ""
    resident_phone: str = ""
    claimant_name: str = ""
    claimant_phone: str = ""


@retried_atomic
def claim_wish(
    *,
    wish: Wish,
    by: User,
    now: datetime,
    organization: Organization | None = None,
    note: str = "",
) -> WishClaim:
    """Give a wish to one claimant: `by` in person, or an organisation they act for.

    Locks the claimant, then the wish, and looks again: the last one goes to one
    claimant only. The community is told. Raises WishRefused with one of the codes
    minor, too_many, too_often, scope, inactive, draft, own, taken, confirmed,
    withdrawn, over.
    Source: issue 5, "Micro-wishes".
    """
    if organization is None:
        by = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    else:
        organization = Organization.objects.select_for_update(no_key=True).get(
            pk=organization.pk
        )
    wish = locked_wish(wish.pk)
    _check_not_theirs(wish, by, organization)
    _check_open(wish, now)
    _check_claimant(by, organization)
    _check_tries(wish, by, organization)
    try:
        with transaction.atomic():
            claim = WishClaim.objects.create(
                wish=wish,
                organization=organization,
                person=by if organization is None else None,
                note=note,
                claimed_by=by,
            )
    except IntegrityError as error:
        raise _taken() from error
    audit.record("communities.wish_claim_created", target=claim, by=by)
    wish.move_to(Wish.State.CLAIMED, by=by)
    notices.wish_claimed(claim)
    return claim


def refusal_to_claim(wish: Wish, *, by: User, now: datetime) -> WishRefused | None:
    """Why `by` cannot claim the wish in person now, without writing."""
    try:
        _check_open(wish, now)
        _check_claimant(by, None)
        _check_tries(wish, by, None)
    except WishRefused as refusal:
        return refusal
    return None


@retried_atomic
def deliver_wish_claim(*, claim: WishClaim, by: User) -> WishClaim:
    """The claimant has brought it; the community is asked to confirm."""
    claim = _locked_claim(claim)
    claim.move_to(State.DELIVERED, by=by)
    claim.wish.move_to(Wish.State.DELIVERED, by=by)
    notices.wish_delivered(claim)
    return claim


@retried_atomic
def withdraw_wish_claim(*, claim: WishClaim, reason: str, by: User) -> WishClaim:
    """Give a wish up for a reason: it is open to everyone again, the giver as well."""
    claim, reason = _locked_claim(claim), reason_given(reason)
    claim.move_to(State.WITHDRAWN, by=by, reason=reason)
    claim.wish.move_to(Wish.State.PUBLISHED, by=by)
    notices.wish_claim_withdrawn(claim, reason=reason)
    return claim


@retried_atomic
def release_wish_claim(*, claim: WishClaim, reason: str, by: User) -> WishClaim:
    """The community opens a wish again whose claimant does not come; who is told."""
    claim, reason = _locked_claim(claim), reason_given(reason)
    claim.move_to(State.WITHDRAWN, by=by, reason=reason)
    claim.wish.move_to(Wish.State.PUBLISHED, by=by)
    notices.wish_claim_released(claim, reason=reason)
    return claim


@retried_atomic
def see_wish_contact(*, wish: Wish, by: User) -> WishContact:
    """What `by` may know of whom to call, with a line in the audit log.

    The wish is locked, so that nobody reads on who has just given it up. Raises
    WishRefused when there is nothing `by` may see. Source: PRODUCT section 4.
    """
    wish = locked_wish(wish.pk)
    is_of_resident, claim = contacts_open_to(by, wish)
    if not (is_of_resident or claim):
        raise WishRefused(_("没有可以查看的联系方式。"), "nothing")
    seen = {
        "resident": is_of_resident,
        "claimant": claim is not None,
    }
    audit.record("communities.wish_contact_seen", target=wish, by=by, **seen)
    return WishContact(
        resident_name=wish.resident_name if is_of_resident else "",
        resident_phone=local_phone(wish.resident_phone) if is_of_resident else "",
        claimant_name=str(claim.claimed_by) if claim else "",
        claimant_phone=claim.claimed_by.plain_phone if claim else "",
    )


def _locked_claim(claim: WishClaim) -> WishClaim:
    """The claim as it is now, its wish and itself locked, in that order."""
    wish = locked_wish(claim.wish_id)
    if wish.state != Wish.State.CLAIMED:
        raise WishRefused(
            _("心愿%(state)s，认领不能再变动。") % {"state": wish.get_state_display()},
            "over",
        )
    live = locked_claim_on(wish)
    if live.pk != claim.pk:
        raise WishRefused(_("这次认领已放弃。"), "over")
    return live


def _check_not_theirs(wish: Wish, by: User, organization: Organization | None) -> None:
    """Who sent the form twice must not read that somebody else was faster."""
    claims = _claims_on(wish, by, organization)
    if claims.filter(pk__in=claims_under_way().values("pk")).exists():
        raise WishRefused(_("您已认领这个心愿，不用重复认领。"), "own")


def _check_tries(wish: Wish, by: User, organization: Organization | None) -> None:
    if _claims_on(wish, by, organization).count() >= MOST_TRIES:
        raise WishRefused(
            _("这个心愿您已认领过 %(most)d 次，请留给其他人认领。")
            % {"most": MOST_TRIES},
            "too_often",
        )


def _claims_on(
    wish: Wish, by: User, organization: Organization | None
) -> models.QuerySet:
    """What this claimant ever claimed of the wish."""
    person = by if organization is None else None
    return wish.claims.filter(person=person, organization=organization)


def _check_open(wish: Wish, now: datetime) -> None:
    state = wish.state
    if state in {Wish.State.CLAIMED, Wish.State.DELIVERED}:
        raise _taken()
    reasons = {
        Wish.State.DRAFT: ("draft", _("心愿还没有发布。")),
        Wish.State.CONFIRMED: ("confirmed", _("心愿已经实现。")),
        Wish.State.WITHDRAWN: ("withdrawn", _("社区已撤回这个心愿。")),
        Wish.State.EXPIRED: ("over", _("心愿已过期，不能再认领。")),
    }
    if state in reasons:
        code, text = reasons[state]
        raise WishRefused(text, code)
    if wish.is_past(timezone.localdate(now)):
        raise WishRefused(_("已过希望实现日期，不能再认领。"), "over")


def _check_claimant(by: User, organization: Organization | None) -> None:
    if organization is None:
        _check_person(by)
        return
    if not has_permission(by, Permission.NEED_CLAIM, organization=organization):
        raise WishRefused(_("只能以本单位的党组织认领。"), "scope")
    if organization.state != Organization.State.ACTIVE:
        raise WishRefused(
            _("%(organization)s%(state)s，不能认领。")
            % {
                "organization": organization.name,
                "state": organization.get_state_display(),
            },
            "inactive",
        )


def _check_person(by: User) -> None:
    if not by.is_active:
        raise WishRefused(_("账号已停用，不能认领。"), "inactive")
    if by.is_minor:
        raise WishRefused(
            _("未满 18 周岁不能自己认领，可以请监护人或者党组织来认领。"), "minor"
        )
    if claims_under_way().filter(person=by).count() >= MOST_LIVE_CLAIMS:
        raise WishRefused(
            _("您已有 %(most)d 个心愿在办，实现一个后再来认领。")
            % {"most": MOST_LIVE_CLAIMS},
            "too_many",
        )


def _taken() -> WishRefused:
    return WishRefused(_("这个心愿刚刚已被认领，请看看其他心愿。"), "taken")
