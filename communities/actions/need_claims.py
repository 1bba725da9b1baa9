"""Writes to claims: a unit takes pieces of a need, gives them back, delivers."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.needs import follow_claims, locked_need
from communities.models import Need, NeedClaim, Organization
from communities.notices import needs as notices
from communities.permissions import Permission, has_permission
from communities.queries.needs import is_paired
from core import audit
from core.dates import moment_text
from core.errors import RuleError
from core.transactions import retried_atomic

State = NeedClaim.State


class ClaimRefused(RuleError):
    """The unit cannot claim this, or not so much; `code` names why."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


@retried_atomic
def claim_need(
    *,
    need: Need,
    organization: Organization,
    quantity: int,
    note: str = "",
    by: User,
    now: datetime,
) -> NeedClaim:
    """Give an organisation some pieces of a need; the community is told.

    Locks the organisation, then the need, and looks again. Raises ClaimRefused with
    one of the codes draft, withdrawn, over, claimed_up, too_many, not_open,
    already_claimed, scope, inactive. The last piece goes to one claimant only.
    Source: PRODUCT section 3, Need.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(
        pk=organization.pk
    )
    need = locked_need(need.pk)
    _check_claimant(need, organization, by)
    _check_state(need, timezone.localdate(now))
    _check_turn(need, organization, now)
    _check_quantity(need, quantity)
    try:
        with transaction.atomic():
            claim = NeedClaim.objects.create(
                need=need,
                organization=organization,
                quantity=quantity,
                note=note,
                claimed_by=by,
            )
            take_pieces(need, quantity)
    except IntegrityError as error:
        raise ClaimRefused(
            _("刚刚有单位认领了这项需求，请刷新后再看。"), "too_many"
        ) from error
    audit.record(
        "communities.need_claim_created", target=claim, by=by, quantity=quantity
    )
    notices.claim_made(claim)
    follow_claims(need, by=by)
    return claim


def take_pieces(need: Need, quantity: int) -> None:
    """Count pieces as claimed, or as free again with a negative number.

    By the database's own sum, so that the constraint on the row is the second belt.
    """
    Need.objects.filter(pk=need.pk).update(claimed=F("claimed") + quantity)
    need.refresh_from_db(fields=["claimed"])


def refusal_to_claim(
    need: Need, organization: Organization, *, by: User, now: datetime
) -> ClaimRefused | None:
    """Why the organisation cannot claim even one piece now, without writing."""
    try:
        _check_claimant(need, organization, by)
        _check_state(need, timezone.localdate(now))
        _check_turn(need, organization, now)
    except ClaimRefused as refusal:
        return refusal
    return None


@retried_atomic
def withdraw_claim(*, claim: NeedClaim, reason: str, by: User) -> NeedClaim:
    """Give the pieces back for a reason; they are free for others again.

    Raises RuleError once it is delivered or its need is closed.
    """
    claim = _locked_claim(claim)
    if not reason.strip():
        raise ClaimRefused(_("请写明理由。"), "reason")
    _check_under_way(claim.need)
    claim.move_to(State.WITHDRAWN, by=by, reason=reason.strip())
    take_pieces(claim.need, -claim.quantity)
    notices.claim_withdrawn(claim, reason=reason.strip())
    follow_claims(claim.need, by=by)
    return claim


@retried_atomic
def deliver_claim(*, claim: NeedClaim, by: User) -> NeedClaim:
    """The unit has done its share; when all have, the community is asked to confirm.

    Raises RuleError when it was given up or its need is closed.
    """
    return _move_claim(claim, State.DELIVERED, by=by, tell=notices.claim_delivered)


@retried_atomic
def return_claim(*, claim: NeedClaim, reason: str, by: User) -> NeedClaim:
    """The community sends a delivered share back for a reason; the unit is told.

    Raises RuleError when it is not delivered or its need is closed.
    """
    if not reason.strip():
        raise ClaimRefused(_("请写明理由。"), "reason")

    def tell(claim: NeedClaim) -> None:
        notices.claim_returned(claim, reason=reason.strip())

    claim = _move_claim(claim, State.ACTIVE, by=by, reason=reason.strip(), tell=tell)
    return claim


def _move_claim(
    claim: NeedClaim,
    state: str,
    *,
    by: User,
    tell: Callable[[NeedClaim], None],
    reason: str = "",
) -> NeedClaim:
    claim = _locked_claim(claim)
    need = claim.need
    _check_under_way(need)
    claim.move_to(state, by=by, reason=reason)
    tell(claim)
    if need.state == Need.State.DELIVERED:
        need.move_to(Need.State.IN_PROGRESS, by=by, reason=reason)
    follow_claims(need, by=by)
    return claim


def _locked_claim(claim: NeedClaim) -> NeedClaim:
    """The claim as it is now, its need and itself locked, in that order."""
    need = locked_need(claim.need_id)
    claim = (
        NeedClaim.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=claim.pk)
    )
    claim.need = need
    return claim


def _check_under_way(need: Need) -> None:
    if not need.is_under_way:
        raise ClaimRefused(
            _("需求%(state)s，认领不能再变动。") % {"state": need.get_state_display()},
            "over",
        )


def _check_claimant(need: Need, organization: Organization, by: User) -> None:
    if not has_permission(by, Permission.NEED_CLAIM, organization=organization):
        raise ClaimRefused(_("只能以本单位的党组织认领。"), "scope")
    if organization.state != Organization.State.ACTIVE:
        raise ClaimRefused(
            _("%(organization)s%(state)s，不能认领。")
            % {
                "organization": organization.name,
                "state": organization.get_state_display(),
            },
            "inactive",
        )
    live = need.claims.exclude(state=State.WITHDRAWN)
    if live.filter(organization=organization).exists():
        raise ClaimRefused(
            _("%(organization)s已认领这项需求。") % {"organization": organization.name},
            "already_claimed",
        )


def _check_state(need: Need, today: object) -> None:
    codes = {
        Need.State.DRAFT: ("draft", _("需求还没有发布。")),
        Need.State.WITHDRAWN: ("withdrawn", _("社区已撤回这项需求。")),
        Need.State.EXPIRED: ("over", _("需求已过期，不能再认领。")),
        Need.State.PUBLISHED: ("", ""),
    }
    code, text = codes.get(need.state, ("claimed_up", _("已全部认领，没有剩余。")))
    if code:
        raise ClaimRefused(text, code)
    if need.is_past(today):
        raise ClaimRefused(_("已过希望完成日期，不能再认领。"), "over")


def _check_turn(need: Need, organization: Organization, now: datetime) -> None:
    opens_at = need.opens_to_all_at
    if now >= opens_at:
        return
    if not is_paired(organization, need.community, day=timezone.localdate(now)):
        raise ClaimRefused(
            _("这项需求由结对单位优先认领，%(moment)s 起向所有单位开放。")
            % {"moment": moment_text(opens_at)},
            "not_open",
        )


def _check_quantity(need: Need, quantity: int) -> None:
    if quantity < 1:
        raise ClaimRefused(_("认领数量至少为 1。"), "quantity")
    if quantity > need.remaining:
        raise ClaimRefused(
            _("只剩 %(left)d %(measure)s，请减少认领数量。")
            % {"left": need.remaining, "measure": need.measure},
            "too_many",
        )
