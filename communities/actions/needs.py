"""Writes to needs: draft, publish, change, withdraw, confirm, expire."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Need, NeedClaim
from communities.notices import needs as notices
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

State = Need.State
# What units went by when they claimed: it stays as it was.
FIXED_ONCE_CLAIMED = ("title", "category", "measure")
MOST_PIECES = 10_000


class NeedRefused(RuleError):
    """The need is not fit for what was asked."""


def locked_need(pk: int) -> Need:
    """The need as it is now, its row locked."""
    return (
        Need.objects.select_for_update(of=("self",))
        .select_related("community")
        .get(pk=pk)
    )


@retried_atomic
def create_need(*, need: Need, by: User, today: date) -> Need:
    """Save a new draft. Raises NeedRefused when the community has ended."""
    community = Community.objects.select_for_update(no_key=True).get(
        pk=need.community_id
    )
    _check_standing(community, today)
    need.community, need.created_by = community, by
    need.save()
    audit.record("communities.need_created", target=need, by=by)
    return need


@retried_atomic
def update_need(*, need: Need, values: dict[str, object], by: User) -> Need:
    """Change a need that is not delivered yet; claimants are told.

    The quantity may shrink down to what is claimed: then nothing is left to claim and
    the need goes on with those who have. Raises NeedRefused when it is closed for
    changes, when the quantity falls below what is claimed, or when title, category or
    measure would change under the claimants.
    """
    need = locked_need(need.pk)
    if not need.is_editable:
        raise NeedRefused(
            _("需求%(state)s，不能再修改。") % {"state": need.get_state_display()}
        )
    changed = [name for name, value in values.items() if getattr(need, name) != value]
    if need.claimed and set(changed) & set(FIXED_ONCE_CLAIMED):
        raise NeedRefused(_("已有单位认领，名称、类别和计量单位不能再改。"))
    said = audit.edits(need, {name: values[name] for name in changed})
    for name in changed:
        setattr(need, name, values[name])
    if need.quantity < need.claimed:
        raise NeedRefused(
            _("已认领 %(claimed)d %(measure)s，数量不能少于已认领的数量。")
            % {"claimed": need.claimed, "measure": need.measure}
        )
    if changed:
        need.save(update_fields=changed)
        audit.record(
            "communities.need_changed",
            target=need,
            by=by,
            fields=changed,
            changes=said,
        )
        if need.claimed:
            notices.need_changed(need, by_id=by.pk)
        follow_claims(need, by=by)
    return need


@retried_atomic
def publish_need(*, need: Need, by: User, now: datetime, today: date) -> Need:
    """Open a draft to the paired units; their officials are told.

    Raises NeedRefused when the day it is wanted by is over or the community ended.
    """
    need = locked_need(need.pk)
    _check_standing(need.community, today)
    if need.is_past(today):
        raise NeedRefused(_("希望完成日期已过，请先修改日期再发布。"))
    need.move_to(State.PUBLISHED, by=by, published_at=now)
    notices.need_published(need)
    return need


@retried_atomic
def withdraw_need(*, need: Need, reason: str, by: User) -> Need:
    """Take a need back for a reason; the units that claimed it are told.

    Claims stay as they stood. A delivered need is confirmed or sent back instead.
    """
    need = locked_need(need.pk)
    need.move_to(State.WITHDRAWN, by=by, reason=_reason(reason))
    notices.need_withdrawn(need, reason=reason)
    return need


@retried_atomic
def start_need(*, need: Need, by: User) -> Need:
    """Note that work on a wholly claimed need has begun; the community is told."""
    need = locked_need(need.pk)
    need.move_to(State.IN_PROGRESS, by=by)
    notices.need_started(need)
    return need


@retried_atomic
def confirm_need(*, need: Need, by: User) -> Need:
    """The community confirms that all of it was delivered; claimants are told."""
    need = locked_need(need.pk)
    need.move_to(State.CONFIRMED, by=by)
    notices.need_confirmed(need)
    return need


def expire_due_needs(*, today: date) -> int:
    """Close published needs that nobody claimed by their day; returns how many."""
    due = Need.objects.filter(state=State.PUBLISHED, claimed=0, wanted_by__lt=today)
    expired = 0
    for pk in due.order_by("pk").values_list("pk", flat=True)[:500]:
        with transaction.atomic():
            need = locked_need(pk)
            is_due = need.state == State.PUBLISHED and need.is_past(today)
            if is_due and need.claimed == 0:
                need.move_to(State.EXPIRED, by=None)
                notices.need_expired(need)
                expired += 1
    return expired


def follow_claims(need: Need, *, by: User | None) -> None:
    """Bring a need's state to what its claims say; the caller holds its lock.

    Wholly claimed: claimed. Pieces free again: published. All delivered: delivered,
    and the community is asked to confirm.
    """
    if need.state == State.PUBLISHED and need.remaining == 0:
        need.move_to(State.CLAIMED, by=by)
    elif need.state in {State.CLAIMED, State.IN_PROGRESS} and need.remaining:
        need.move_to(State.PUBLISHED, by=by)
    is_whole = need.state in {State.CLAIMED, State.IN_PROGRESS}
    if is_whole and not need.claims.filter(state=NeedClaim.State.ACTIVE).exists():
        if need.state == State.CLAIMED:
            need.move_to(State.IN_PROGRESS, by=by)
        need.move_to(State.DELIVERED, by=by)
        notices.need_delivered(need)


def _check_standing(community: Community, today: date) -> None:
    if community.ends_on is not None and community.ends_on < today:
        raise NeedRefused(
            _("%(community)s已终止，不能再发布需求。") % {"community": community.name}
        )


def _reason(text: str) -> str:
    if not text.strip():
        raise NeedRefused(_("请写明理由。"))
    return text.strip()
