"""Writes of the street or the office: dispatch, send back, merge, release."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.tasks import lock_organizations
from campaigns.actions.whistle_log import (
    HOUR,
    clock_of,
    hours_of,
    locked_response,
    locked_whistle,
    locked_whistles,
    note_entry,
    said,
    settle,
)
from campaigns.models import Whistle, WhistleEntry, WhistleResponse
from campaigns.notices import whistle_units as unit_notices
from campaigns.notices import whistles as notices
from campaigns.notices.tasks import names_text
from campaigns.rules import RULES, Deed, Side, WhistleRefused, check
from communities.models import Organization
from core import audit
from core.transactions import retried_atomic

Kind = WhistleEntry.Kind
State, Answer = Whistle.State, WhistleResponse.State


@retried_atomic
def dispatch_whistle(
    *,
    whistle: Whistle,
    organizations: Sequence[Organization],
    note: str,
    by: User,
    now: datetime,
) -> list[WhistleResponse]:
    """Ask organisations to answer, besides those that have it already.

    The clock of dispatch stops, each one's clock to answer starts. Raises
    WhistleRefused for none, for one named twice, not active, or with it already.
    """
    organizations = locked_active(organizations)
    whistle = locked_whistle(whistle.pk)
    check(Deed.DISPATCH, whistle)
    note = said(note, "") if note.strip() else ""
    responses = ask_units(
        whistle, organizations, by_dispatcher=True, note=note, by=by, now=now
    )
    text = _("派给%(names)s。") % {"names": names_text(organizations)}
    note_entry(
        whistle=whistle,
        kind=Kind.DISPATCHED,
        side=Side.DISPATCHER,
        by=by,
        now=now,
        text=text + note,
        response=responses[0] if len(responses) == 1 else None,
    )
    settle(whistle=whistle, by=by, now=now)
    unit_notices.responses_asked(responses)
    return responses


@retried_atomic
def send_back_whistle(
    *, whistle: Whistle, reason: str, by: User, now: datetime
) -> Whistle:
    """Give a whistle back to its community, for a reason; its clock stands still."""
    whistle = locked_whistle(whistle.pk)
    check(Deed.SEND_BACK, whistle)
    reason = said(reason, _("请写明退回理由。"))
    whistle.pause_clock(now=now)
    whistle.move_to(State.RETURNED, by=by, reason=reason, **clock_of(whistle))
    note_entry(
        whistle=whistle,
        kind=Kind.SENT_BACK,
        side=Side.DISPATCHER,
        by=by,
        now=now,
        text=reason,
    )
    notices.whistle_sent_back(whistle, reason=reason)
    return whistle


@retried_atomic
def merge_whistle(
    *, whistle: Whistle, into: Whistle, reason: str, by: User, now: datetime
) -> Whistle:
    """Let another whistle of the same street go on for this one as well.

    Units that have this one open are released. Raises WhistleRefused when the other is
    not under way, of another street, or the same.
    """
    rows = locked_whistles({whistle.pk, into.pk})
    whistle, into = rows[whistle.pk], rows[into.pk]
    check(Deed.MERGE, whistle)
    _check_takes_in(into, whistle)
    reason = said(reason, _("请写明并单理由。"))
    released = release_open(whistle, reason=reason, by=by, now=now)
    whistle.pause_clock(now=now)
    whistle.move_to(
        State.MERGED,
        by=by,
        reason=reason,
        merged_into=into,
        ended_at=now,
        **clock_of(whistle),
    )
    done = {"side": Side.DISPATCHER, "by": by, "now": now, "text": reason}
    note_entry(whistle=whistle, kind=Kind.MERGED, other=into, **done)
    note_entry(whistle=into, kind=Kind.TOOK_IN, other=whistle, **done)
    unit_notices.whistle_merged(whistle, into, released, reason=reason)
    return whistle


@retried_atomic
def release_response(
    *, response: WhistleResponse, reason: str, by: User, now: datetime
) -> WhistleResponse:
    """Let an organisation go before it has delivered.

    With nobody left the whistle waits for dispatch again. Raises WhistleRefused.
    """
    response = locked_response(response.pk)
    whistle = response.whistle
    check(Deed.RELEASE, whistle, response)
    reason = said(reason, _("请写明解除理由。"))
    release(response, reason=reason, by=by, now=now)
    note_entry(
        whistle=whistle,
        kind=Kind.RELEASED,
        side=Side.DISPATCHER,
        by=by,
        now=now,
        text=_("%(name)s：%(reason)s")
        % {"name": response.organization.name, "reason": reason},
        response=response,
    )
    settle(whistle=whistle, by=by, now=now)
    unit_notices.response_released(response, reason=reason)
    return response


def locked_active(organizations: Sequence[Organization]) -> list[Organization]:
    """The organisations as they are now, locked, in the order given.

    Raises WhistleRefused for none, one named twice, or one that is not active.
    """
    numbers = [row.pk for row in organizations]
    if not numbers:
        raise WhistleRefused(_("请选择党组织。"))
    if len(set(numbers)) < len(numbers):
        raise WhistleRefused(_("同一党组织只能选择一次。"))
    locked = lock_organizations(set(numbers))
    rows = [locked[number] for number in numbers]
    if others := [row for row in rows if row.state != Organization.State.ACTIVE]:
        raise WhistleRefused(
            _("%(names)s已停用、合并或撤销，请选择其他党组织。")
            % {"names": names_text(others)}
        )
    return rows


def ask_units(
    whistle: Whistle,
    organizations: Sequence[Organization],
    *,
    by_dispatcher: bool,
    note: str = "",
    by: User,
    now: datetime,
) -> list[WhistleResponse]:
    """New responses of organisations; the caller holds all locks.

    One that returned the whistle goes on with the time it had left then. Raises
    WhistleRefused naming those that have it already.
    """
    live = whistle.responses.live().filter(organization__in=organizations)
    if held := [row.organization for row in live.select_related("organization")]:
        raise _held_already(held)
    minutes = hours_of(whistle).accept_hours * HOUR
    used = _used_before(whistle)
    responses = []
    for organization in organizations:
        response = WhistleResponse(
            whistle=whistle,
            organization=organization,
            by_dispatcher=by_dispatcher,
            note=note,
            asked_at=now,
            asked_by=by,
        )
        response.start_clock(minutes, now=now, used=used.get(organization.pk, 0))
        try:
            with transaction.atomic():
                response.save()
        except IntegrityError as error:
            raise _held_already([organization]) from error
        audit.record("campaigns.whistle_response_created", target=response, by=by)
        responses.append(response)
    return responses


def release_open(
    whistle: Whistle, *, reason: str, by: User, now: datetime
) -> list[WhistleResponse]:
    """Let all go that have not delivered, because the whistle ends otherwise."""
    rows = whistle.responses.select_for_update(no_key=True, of=("self",))
    rows = rows.filter(state__in=WhistleResponse.OPEN_STATES).order_by("pk")
    responses = list(rows.select_related("organization"))
    for response in responses:
        response.whistle = whistle
        release(response, reason=reason, by=by, now=now)
    return responses


def release(
    response: WhistleResponse, *, reason: str, by: User | None, now: datetime
) -> None:
    """End a locked response; whether its answer was due by now stays known."""
    accept_due_at = response.accept_due_at
    if response.state == Answer.ASKED and response.due_at is not None:
        accept_due_at = response.due_at if response.due_at <= now else None
    response.pause_clock(now=now)
    response.move_to(
        Answer.RELEASED,
        by=by,
        reason=reason,
        accept_due_at=accept_due_at,
        **clock_of(response),
    )


def _check_takes_in(into: Whistle, whistle: Whistle) -> None:
    if into.pk == whistle.pk:
        raise WhistleRefused(_("不能并入自己，请选择另一单。"))
    if into.community.subdistrict_id != whistle.community.subdistrict_id:
        raise WhistleRefused(_("只能并入同一街道（镇）的另一单。"))
    if into.state not in RULES[Deed.MERGE].states:  # nobody works on it any more
        raise WhistleRefused(
            _("“%(other)s”%(state)s，不能并入，请选择办理中的一单。")
            % {"other": into, "state": into.get_state_display()}
        )


def _used_before(whistle: Whistle) -> dict[int, int]:
    """Minutes that organisations used before they returned it, the last time."""
    returned = whistle.responses.filter(state=Answer.RETURNED).order_by("pk")
    return dict(returned.values_list("organization_id", "clock_used"))


def _held_already(organizations: Sequence[Organization]) -> WhistleRefused:
    return WhistleRefused(
        _("%(names)s已在办理之列，请勿重复派单。")
        % {"names": names_text(organizations)}
    )
