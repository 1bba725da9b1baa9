"""What every deed about a whistle does: lock the rows, note a line, add up the state.

Locks: organisation, campaign, whistle (ids ascending), response, activity.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import (
    Whistle,
    WhistleClock,
    WhistleEntry,
    WhistleResponse,
    WorkingClock,
)
from campaigns.notices import whistles as notices
from campaigns.rules import Side, WhistleRefused
from communities.models import Membership, Organization
from communities.permissions import Permission, memberships_with
from core.working_hours import minutes_of_a_day

State, Answer = Whistle.State, WhistleResponse.State
HOUR = 60
MOST_REASON, MOST_TEXT = 200, 500


def locked_whistle(pk: int) -> Whistle:
    """The whistle as it is now, its row locked."""
    return locked_whistles({pk})[pk]


def locked_whistles(numbers: set[int]) -> dict[int, Whistle]:
    """Whistles as they are now, locked in ascending order, by number."""
    rows = Whistle.objects.filter(pk__in=numbers).order_by("pk")
    # Without the key: rows that point at a whistle may still be written. Locked first
    # and read after: a row that gets another community or category while a join waits
    # for it is lost to PostgreSQL's join.
    list(rows.select_for_update(no_key=True).values_list("pk"))
    rows = rows.select_related("community__subdistrict", "category")
    return {row.pk: row for row in rows}


def locked_response(pk: int) -> WhistleResponse:
    """The response as it is now, its organisation and its whistle locked before it."""
    ids = WhistleResponse.objects.values_list("organization_id", "whistle_id")
    organization_id, whistle_id = ids.get(pk=pk)
    organizations = Organization.objects.select_for_update(no_key=True, of=("self",))
    organizations.get(pk=organization_id)
    whistle = locked_whistle(whistle_id)
    rows = WhistleResponse.objects.select_for_update(no_key=True, of=("self",))
    # Its organisation read anew: a merger may have handed it on while this waited.
    response = rows.select_related("organization").get(pk=pk)
    response.whistle = whistle
    return response


def note_entry(
    *,
    whistle: Whistle,
    kind: str,
    side: Side | None,
    by: User | None,
    now: datetime,
    text: str = "",
    response: WhistleResponse | None = None,
    other: Whistle | None = None,
) -> WhistleEntry:
    """Add a line to the whistle's timeline; without a `side` the portal itself acts.

    The highest number of all lines tells open boards that something moved.
    """
    return WhistleEntry.objects.create(
        whistle=whistle,
        response=response,
        other=other,
        kind=kind,
        text=text,
        actor=_actor(whistle, side, by, response),
        by=by,
        at=now,
    )


def settle(*, whistle: Whistle, by: User | None, now: datetime) -> None:
    """Let the whistle's state follow its live responses; the caller holds its lock.

    Without any it waits for dispatch again, on a fresh clock; once all are delivered
    the community has its days to confirm and rate. Nothing happens to one that no
    unit has to do with. Who acts next is told, about the latest line of the log.
    """
    if whistle.state not in {State.ISSUED, *Whistle.WORKING_STATES}:
        return
    state, changes = _state_of_responses(whistle), {}
    if state == whistle.state:
        return
    if state == State.ISSUED:
        whistle.start_clock(hours_of(whistle).dispatch_hours * HOUR, now=now)
    elif state == State.DELIVERED:
        days = settings.WHISTLE_RATING_DAYS
        whistle.start_clock(days * minutes_of_a_day(), now=now)
        changes = {"delivered_at": now}
    else:
        whistle.pause_clock(now=now)
    whistle.move_to(state, by=by, **changes, **clock_of(whistle))
    if state == State.ISSUED:
        notices.whistle_waits_again(whistle, by=by)
    elif state == State.DELIVERED:
        notices.whistle_delivered(whistle)


def hours_of(whistle: Whistle) -> WhistleClock:
    """The hours its category and urgency give. Raises WhistleRefused without any."""
    clocks = WhistleClock.objects.filter(
        category=whistle.category_id, urgency=whistle.urgency
    )
    if clock := clocks.first():
        return clock
    raise WhistleRefused(
        _("“%(category)s”（%(urgency)s）还没有设置时限，请与区文明办联系。")
        % {"category": whistle.category, "urgency": whistle.get_urgency_display()}
    )


def clock_of(row: WorkingClock) -> dict[str, Any]:
    """The fields of its clock, to be saved with a move."""
    return {name: getattr(row, name) for name in row.CLOCK_FIELDS}


def whole_minute(moment: datetime) -> datetime:
    """The moment without its seconds, so a clock can end with the day."""
    return moment.replace(second=0, microsecond=0)


def said(text: str, missing: str, most: int = MOST_REASON) -> str:
    """The text without blanks around it. Raises WhistleRefused for none or too much."""
    text = text.strip()
    if not text:
        raise WhistleRefused(missing)
    if len(text) > most:
        raise WhistleRefused(_("文字过长，请不超过 %(most)d 字。") % {"most": most})
    return text


def _state_of_responses(whistle: Whistle) -> str:
    live = set(whistle.responses.live().order_by().values_list("state", flat=True))
    if not live:
        return State.ISSUED
    if live == {Answer.DELIVERED}:
        return State.DELIVERED
    if live & {Answer.HANDLING, Answer.DELIVERED}:
        return State.HANDLING
    return State.ACCEPTED if Answer.ACCEPTED in live else State.DISPATCHED


def _actor(
    whistle: Whistle,
    side: Side | None,
    by: User | None,
    response: WhistleResponse | None,
) -> str:
    """The name of the day of the side that acts, never a person's."""
    if side == Side.COMMUNITY:
        return whistle.community.name
    if side == Side.UNIT:
        return response.organization.name
    if side == Side.DISPATCHER:
        return _dispatcher(whistle, by)
    return _("系统")


def _dispatcher(whistle: Whistle, by: User) -> str:
    """The street; the office only when it is not for the street that one acts."""
    street = whistle.community.subdistrict
    held = memberships_with(by, Permission.WHISTLE_DISPATCH)
    is_street = any(row.subdistrict_id == street.pk for row in held)
    is_office = any(row.role == Membership.Role.OFFICE for row in held)
    return _("区文明办") if is_office and not is_street else street.name
