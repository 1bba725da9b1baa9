"""Writes of the community: draft, issue, withdraw, verify, reopen, rate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.whistle_dispatch import ask_units, locked_active, release_open
from campaigns.actions.whistle_log import (
    HOUR,
    clock_of,
    hours_of,
    locked_whistle,
    note_entry,
    said,
    settle,
)
from campaigns.actions.whistle_reopening import hand_to_heirs, lock_heirs
from campaigns.models import Whistle, WhistleEntry, WhistleResponse
from campaigns.notices import whistle_units as unit_notices
from campaigns.notices import whistles as notices
from campaigns.rules import Deed, Side, WhistleRefused, check
from communities.models import Community, Organization, Pairing
from core import audit
from core.numbering import next_number
from core.transactions import retried_atomic
from core.working_hours import minutes_of_a_day

Kind = WhistleEntry.Kind
State, Answer = Whistle.State, WhistleResponse.State
MOST_RATING = 400  # its line of the log says the marks as well


@retried_atomic
def create_whistle(*, whistle: Whistle, by: User) -> Whistle:
    """Save a new draft. Raises WhistleRefused when the community has ended."""
    communities = Community.objects.select_for_update(no_key=True)
    whistle.community = communities.get(pk=whistle.community_id)
    _check_standing(whistle.community)
    _check_consent(whistle)
    whistle.created_by = by
    whistle.save()
    audit.record("campaigns.whistle_created", target=whistle, by=by)
    return whistle


@retried_atomic
def update_whistle(*, whistle: Whistle, values: Mapping[str, Any], by: User) -> Whistle:
    """Change a draft, or one that came back; the log names fields, not what they hold.

    Raises WhistleRefused while others have it, and for another community once it has
    a number.
    """
    whistle = locked_whistle(whistle.pk)
    check(Deed.EDIT, whistle)
    changed = [
        name for name, value in values.items() if getattr(whistle, name) != value
    ]
    if "community" in changed and whistle.number is not None:
        raise WhistleRefused(_("已编号的吹哨不能更换社区。"))
    for name in changed:
        setattr(whistle, name, values[name])
    _check_consent(whistle)
    if changed:
        whistle.save(update_fields=changed)
        audit.record("campaigns.whistle_changed", target=whistle, by=by, fields=changed)
    return whistle


@retried_atomic
def issue_whistle(
    *,
    whistle: Whistle,
    by: User,
    now: datetime,
    organization: Organization | None = None,
) -> Whistle:
    """Blow: to one paired organisation, or to the street for dispatch.

    The first time it gets its number. One that came back goes on with the time the
    street had left. Raises WhistleRefused for an organisation that is not paired.
    """
    units = [] if organization is None else locked_active([organization])
    whistle = locked_whistle(whistle.pk)
    check(Deed.ISSUE, whistle)
    _check_standing(whistle.community)
    _check_paired(whistle, units, now)
    is_first = whistle.number is None
    _move_to_issued(whistle, is_resting=bool(units), by=by, now=now)
    responses = ask_units(whistle, units, by_dispatcher=False, by=by, now=now)
    note_entry(
        whistle=whistle,
        kind=Kind.ISSUED if is_first else Kind.REISSUED,
        side=Side.COMMUNITY,
        by=by,
        now=now,
        text=_addressee(units),
        response=responses[0] if responses else None,
    )
    if responses:
        settle(whistle=whistle, by=by, now=now)
        unit_notices.responses_asked(responses)
    else:
        notices.whistle_issued(whistle)
    return whistle


@retried_atomic
def withdraw_whistle(
    *, whistle: Whistle, reason: str, by: User, now: datetime
) -> Whistle:
    """Take a whistle back for a reason; units that have it open are released."""
    whistle = locked_whistle(whistle.pk)
    check(Deed.WITHDRAW, whistle)
    reason = said(reason, _("请写明撤回理由。"))
    was_waiting = whistle.state == State.ISSUED
    released = release_open(whistle, reason=reason, by=by, now=now)
    whistle.pause_clock(now=now)
    whistle.move_to(
        State.WITHDRAWN, by=by, reason=reason, ended_at=now, **clock_of(whistle)
    )
    _note(whistle, Kind.WITHDRAWN, by, now, reason)
    unit_notices.whistle_withdrawn(
        whistle, released, was_waiting=was_waiting, reason=reason
    )
    return whistle


@retried_atomic
def verify_whistle(*, whistle: Whistle, by: User, now: datetime) -> Whistle:
    """The community confirms what was delivered; the days to rate it go on."""
    whistle = locked_whistle(whistle.pk)
    check(Deed.VERIFY, whistle)
    whistle.move_to(State.VERIFIED, by=by)
    _note(whistle, Kind.VERIFIED, by, now)
    return whistle


@retried_atomic
def reopen_whistle(
    *, whistle: Whistle, reason: str, by: User, now: datetime
) -> Whistle:
    """Have it done again, at most twice, by those who delivered.

    Their clocks go on with what was left, at least one working day. What is over by
    now is stood for by its successor; without any the street dispatches again.
    """
    heirs = lock_heirs(whistle)
    whistle = locked_whistle(whistle.pk)
    check(Deed.REOPEN, whistle)
    reason = said(reason, _("请写明要求重新办理的理由。"))
    rows = whistle.responses.select_for_update(no_key=True, of=("self",))
    rows = rows.filter(state=Answer.DELIVERED).order_by("pk")
    responses = list(rows.select_related("organization"))
    for response in responses:
        response.whistle = whistle
        _go_on(response, reason=reason, by=by, now=now)
    whistle.pause_clock(now=now)
    whistle.move_to(
        State.REOPENED,
        by=by,
        reason=reason,
        reopened_count=whistle.reopened_count + 1,
        delivered_at=None,
        **clock_of(whistle),
    )
    _note(whistle, Kind.REOPENED, by, now, reason)
    going_on = hand_to_heirs(responses, heirs, by=by, now=now)
    unit_notices.whistle_reopened(going_on, reason=reason)
    if not going_on:
        settle(whistle=whistle, by=by, now=now)
    return whistle


@retried_atomic
def rate_whistle(
    *,
    whistle: Whistle,
    resolution: str,
    is_satisfied: bool,
    text: str,
    by: User,
    now: datetime,
) -> Whistle:
    """The community says whether it helped, which closes the whistle.

    What was not confirmed yet is confirmed by it. Raises WhistleRefused.
    """
    whistle = locked_whistle(whistle.pk)
    check(Deed.RATE, whistle)
    if resolution not in Whistle.Resolution.values or is_satisfied is None:
        raise WhistleRefused(_("请选择解决情况和是否满意。"))
    text = said(text, "", MOST_RATING) if text.strip() else ""
    if whistle.state == State.DELIVERED:
        whistle.move_to(State.VERIFIED, by=by)
    whistle.move_to(
        State.RATED,
        by=by,
        resolution=resolution,
        is_satisfied=is_satisfied,
        rated_at=now,
    )
    whistle.pause_clock(now=now)
    whistle.move_to(State.CLOSED, by=by, ended_at=now, **clock_of(whistle))
    _note(whistle, Kind.RATED, by, now, _marks(whistle) + text)
    unit_notices.whistle_rated(whistle)
    return whistle


def _move_to_issued(
    whistle: Whistle, *, is_resting: bool, by: User, now: datetime
) -> None:
    """Give number and moment the first time; run the street's clock unless resting."""
    if whistle.number is None:
        whistle.number, whistle.issued_at = _next_number(now), now
    if whistle.clock_minutes and not is_resting:
        whistle.resume_clock(now=now)
    elif not is_resting:
        whistle.start_clock(hours_of(whistle).dispatch_hours * HOUR, now=now)
    try:
        with transaction.atomic():
            whistle.move_to(
                State.ISSUED,
                by=by,
                number=whistle.number,
                issued_at=whistle.issued_at,
                **clock_of(whistle),
            )
    except IntegrityError as error:
        raise WhistleRefused(_("编号重复，请再提交一次。")) from error


def _next_number(now: datetime) -> str:
    year = timezone.localdate(now).year
    number = next_number(f"whistle-{year}")
    return settings.WHISTLE_NUMBER.format(year=year, number=number)


def _go_on(response: WhistleResponse, *, reason: str, by: User, now: datetime) -> None:
    a_day_more = response.clock_used + minutes_of_a_day()
    response.clock_minutes = max(response.clock_minutes, a_day_more)
    response.overdue_step = 0  # a new time to end by is told upwards anew
    response.resume_clock(now=now)
    response.move_to(
        Answer.HANDLING, by=by, reason=reason, delivered_at=None, **clock_of(response)
    )


def _note(
    whistle: Whistle, kind: str, by: User, now: datetime, text: str = ""
) -> WhistleEntry:
    return note_entry(
        whistle=whistle, kind=kind, side=Side.COMMUNITY, by=by, now=now, text=text
    )


def _marks(whistle: Whistle) -> str:
    is_satisfied = _("满意") if whistle.is_satisfied else _("不满意")
    return _("%(resolution)s，%(is_satisfied)s。") % {
        "resolution": whistle.get_resolution_display(),
        "is_satisfied": is_satisfied,
    }


def _addressee(units: list[Organization]) -> str:
    if not units:
        return _("请街道（镇）派单。")
    return _("发给结对单位%(name)s。") % {"name": units[0].name}


def _check_standing(community: Community) -> None:
    if community.has_ended():
        raise WhistleRefused(_("社区（村）已终止，不能再吹哨。"))


def _check_paired(whistle: Whistle, units: list[Organization], now: datetime) -> None:
    day = timezone.localdate(now)
    for unit in units:
        pairings = Pairing.objects.on(day).filter(community=whistle.community_id)
        if not pairings.filter(organization=unit).exists():
            raise WhistleRefused(
                _("%(name)s没有与本社区结对，请选择结对单位，或请街道派单。")
                % {"name": unit.name}
            )


def _check_consent(whistle: Whistle) -> None:
    if whistle.has_contact and not whistle.resident_consented:
        raise WhistleRefused(_("居民的联系方式须经本人同意。"))
