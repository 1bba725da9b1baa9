"""Writes to micro-wishes: put down, publish, change, withdraw, confirm, expire."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Wish, WishClaim
from communities.notices import wishes as notices
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = Wish.State
CONTACT = ("resident_name", "resident_phone", "resident_consented")
BATCH = 500


class WishRefused(RuleError):
    """The wish is not fit for what was asked; `code` names why."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.code = code


def locked_wish(pk: int) -> Wish:
    """The wish as it is now, its row locked."""
    wishes = Wish.objects.filter(pk=pk)
    # Locked first and read after: one that gets another community while a join waits
    # for it is lost to PostgreSQL's join.
    wishes.select_for_update().get()
    return wishes.select_related("community").get()


def locked_claim_on(wish: Wish) -> WishClaim:
    """The live claim of a wish whose lock the caller holds, locked as well."""
    claims = WishClaim.objects.select_for_update(of=("self",)).filter(wish=wish)
    claim = claims.exclude(state=WishClaim.State.WITHDRAWN).get()
    claim.wish = wish
    return claim


@retried_atomic
def create_wish(*, wish: Wish, by: User, today: date) -> Wish:
    """Save a new draft.

    Raises WishRefused when the community has ended, or when a resident's contact
    comes without consent.
    """
    community = Community.objects.select_for_update(no_key=True).get(
        pk=wish.community_id
    )
    _check_standing(community, today)
    _check_consent(wish)
    wish.community, wish.created_by = community, by
    wish.save()
    audit.record("communities.wish_created", target=wish, by=by)
    return wish


@retried_atomic
def update_wish(
    *, wish: Wish, values: dict[str, object], by: User, today: date
) -> Wish:
    """Change a wish that nobody has claimed; the audit line names fields only.

    Raises WishRefused when it is closed for changes, when the day of a published one
    would be over, or when a resident's contact comes without consent.
    """
    wish = locked_wish(wish.pk)
    if wish.state not in Wish.EDITABLE_STATES:
        raise WishRefused(
            _("心愿%(state)s，不能再修改。") % {"state": wish.get_state_display()}
        )
    changed = [name for name, value in values.items() if getattr(wish, name) != value]
    for name in changed:
        setattr(wish, name, values[name])
    if wish.state == State.PUBLISHED:
        _check_day(wish, today)
    _check_consent(wish)
    if changed:
        wish.contact_erased_at = None if wish.has_contact else wish.contact_erased_at
        wish.save(update_fields=[*changed, "contact_erased_at"])
        audit.record("communities.wish_changed", target=wish, by=by, fields=changed)
    return wish


@retried_atomic
def publish_wish(*, wish: Wish, by: User, now: datetime) -> Wish:
    """Open a draft to everyone.

    Raises WishRefused when the day it is wanted by is over or the community ended.
    """
    wish = locked_wish(wish.pk)
    _check_standing(wish.community, timezone.localdate(now))
    _check_day(wish, timezone.localdate(now))
    wish.move_to(State.PUBLISHED, by=by, published_at=now)
    return wish


@retried_atomic
def withdraw_wish(*, wish: Wish, reason: str, by: User, now: datetime) -> Wish:
    """Take a wish back for a reason; who claimed it is released and told.

    What is said to be delivered is confirmed or sent back instead.
    """
    wish, reason = locked_wish(wish.pk), reason_given(reason)
    claim = locked_claim_on(wish) if wish.state == State.CLAIMED else None
    wish.move_to(State.WITHDRAWN, by=by, reason=reason, ended_at=now)
    if claim is not None:
        claim.move_to(WishClaim.State.WITHDRAWN, by=by, reason=reason)
        notices.wish_withdrawn(claim, reason=reason)
    return wish


@retried_atomic
def confirm_wish(*, wish: Wish, by: User, now: datetime) -> Wish:
    """The community confirms that the wish came true; the claimant is thanked."""
    wish = locked_wish(wish.pk)
    wish.move_to(State.CONFIRMED, by=by, ended_at=now)
    notices.wish_confirmed(locked_claim_on(wish))
    return wish


@retried_atomic
def return_wish(*, wish: Wish, reason: str, by: User) -> Wish:
    """The community sends a delivery back for a reason; the claimant is told."""
    wish, reason = locked_wish(wish.pk), reason_given(reason)
    if wish.state != State.DELIVERED:
        raise WishRefused(
            _("心愿%(state)s，不能退回。") % {"state": wish.get_state_display()}
        )
    claim = locked_claim_on(wish)
    wish.move_to(State.CLAIMED, by=by, reason=reason)
    claim.move_to(WishClaim.State.ACTIVE, by=by, reason=reason)
    notices.wish_returned(claim, reason=reason)
    return wish


@retried_atomic
def drop_wish_contact(*, wish: Wish, by: User, now: datetime) -> Wish:
    """Erase the resident's contact before its time, as the resident may ask any day."""
    wish = locked_wish(wish.pk)
    if not wish.has_contact:
        raise WishRefused(_("没有登记居民的联系方式。"))
    _erase_contact(wish, by=by, now=now)
    return wish


def expire_due_wishes(*, today: date, now: datetime) -> int:
    """Close published wishes that nobody claimed by their day; returns how many."""
    due = Wish.objects.filter(state=State.PUBLISHED, wanted_by__lt=today)
    expired = 0
    for pk in due.order_by("pk").values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            wish = locked_wish(pk)
            if wish.state == State.PUBLISHED and wish.is_past(today):
                wish.move_to(State.EXPIRED, by=None, ended_at=now)
                notices.wish_expired(wish)
                expired += 1
    return expired


def erase_wish_contacts(*, now: datetime) -> int:
    """Erase residents' contacts RESIDENT_CONTACT_DAYS after the end; returns how many.

    Source: issue 5, "gone 30 days after closing".
    """
    due = Wish.objects.with_contact_to_erase(now)
    erased = 0
    for pk in due.order_by("pk").values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():
            wish = locked_wish(pk)
            if wish.has_contact:
                _erase_contact(wish, by=None, now=now)
                erased += 1
    return erased


def reason_given(text: str) -> str:
    """The reason without blanks around it. Raises WishRefused when there is none."""
    if not text.strip():
        raise WishRefused(_("请写明理由。"), "reason")
    return text.strip()


def _erase_contact(wish: Wish, *, by: User | None, now: datetime) -> None:
    """No name, no phone; that there was consent once stays on record."""
    wish.resident_name = wish.resident_phone = ""
    wish.contact_erased_at = now
    fields = ["resident_name", "resident_phone", "contact_erased_at"]
    wish.save(update_fields=fields)
    audit.record("communities.wish_contact_erased", target=wish, by=by)


def _check_standing(community: Community, today: date) -> None:
    if community.ends_on is not None and community.ends_on < today:
        raise WishRefused(
            _("%(community)s已终止，不能再发布心愿。") % {"community": community.name}
        )


def _check_day(wish: Wish, today: date) -> None:
    if wish.is_past(today):
        raise WishRefused(_("希望实现日期已过，请先修改日期。"))


def _check_consent(wish: Wish) -> None:
    if wish.has_contact and not wish.resident_consented:
        raise WishRefused(_("居民的联系方式须经本人同意。"))
