"""Rows of whistles as boards, the desk and the list show them: words, badge, time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from campaigns.models import (
    Whistle,
    WhistleExtension,
    WhistleResponse,
    WorkingClock,
)
from campaigns.queries.whistle_groups import Kind
from campaigns.queries.whistle_words import clock_look, time_left_words
from core.dates import day_text
from core.working_days import CalendarMissing

OPEN = WhistleResponse.OPEN_STATES


@dataclass(frozen=True)
class Row:
    """One line: the whistle, its state, who has it, and what time is left."""

    key: str
    whistle: Whistle
    url: str
    badge: str
    state: str
    who: str
    due_at: datetime | None
    time_left: str
    look: str


def with_due(whistles: models.QuerySet) -> models.QuerySet:
    """Each with `next_due_at`: its own clock, or the first of those who handle it."""
    first = (
        WhistleResponse.objects.filter(whistle=models.OuterRef("pk"), state__in=OPEN)
        .order_by("due_at")
        .values("due_at")[:1]
    )
    with_units = models.When(
        state__in=Whistle.WORKING_STATES, then=models.Subquery(first)
    )
    return whistles.annotate(
        next_due_at=models.Case(with_units, default=models.F("due_at"))
    )


def with_names(kind: Kind, rows: models.QuerySet) -> models.QuerySet:
    """The rows with what their line shows, in one query."""
    related = {
        Kind.WHISTLE: ["community", "category"],
        Kind.RESPONSE: ["whistle__community", "whistle__category", "organization"],
        Kind.EXTENSION: [
            "response__whistle__community",
            "response__whistle__category",
            "response__organization",
        ],
    }
    return rows.select_related(*related[kind])


def with_units(whistles: Iterable[Whistle]) -> list[Whistle]:
    """The whistles, each with `units`: its live responses and their organisations."""
    live = WhistleResponse.objects.live().select_related("organization")
    whistles = list(whistles)
    models.prefetch_related_objects(
        whistles, models.Prefetch("responses", queryset=live, to_attr="units")
    )
    return whistles


def row_of(row: models.Model, now: datetime) -> Row:
    """A whistle, a response or an extension as a line."""
    if isinstance(row, Whistle):
        return _of_whistle(row, now)
    if isinstance(row, WhistleResponse):
        return _of_response(row, now, key=f"response-{row.pk}-row")
    return _of_extension(row, now)


def _of_whistle(whistle: Whistle, now: datetime) -> Row:
    units = getattr(whistle, "units", [])
    running = [unit for unit in units if unit.state in OPEN and unit.due_at]
    is_with_units = whistle.state in Whistle.WORKING_STATES and running
    clock = min(running, key=lambda unit: unit.due_at) if is_with_units else whistle
    return _row(
        f"whistle-{whistle.pk}-row",
        whistle,
        clock,
        now,
        url=whistle.get_absolute_url(),
        who="、".join(str(unit.organization) for unit in units),
    )


def _of_response(
    response: WhistleResponse, now: datetime, *, key: str, more: str = ""
) -> Row:
    name = str(response.organization)
    return _row(
        key,
        response.whistle,
        response,
        now,
        url=response.get_absolute_url(),
        who=f"{name} · {more}" if more else name,
        state=response,
    )


def _of_extension(extension: WhistleExtension, now: datetime) -> Row:
    more = _("申请延期到%(day)s") % {"day": day_text(extension.until)}
    key = f"extension-{extension.pk}-row"
    return _of_response(extension.response, now, key=key, more=more)


def _row(
    key: str,
    whistle: Whistle,
    clock: WorkingClock,
    now: datetime,
    *,
    url: str,
    who: str,
    state: Whistle | WhistleResponse | None = None,
) -> Row:
    stands = state or whistle
    time_left, look = clock_words(clock, now)
    return Row(
        key=key,
        whistle=whistle,
        url=url,
        badge=stands.badge,
        state=stands.get_state_display(),
        who=who,
        due_at=clock.due_at,
        time_left=time_left,
        look=look,
    )


def clock_words(clock: WorkingClock, now: datetime) -> tuple[str, str]:
    """What a clock says and its badge; "" and plain where no time is given at all.

    Also in a year nobody knows the working days of: then only whether it is late.
    """
    if clock.due_at is None:
        is_paused = clock.clock_minutes and not getattr(clock, "is_over", False)
        return (_("计时暂停") if is_paused else ""), "plain"
    try:
        minutes = clock.minutes_left(now)
    except CalendarMissing:
        is_over = clock.is_overdue(now)
        return (_("已超时"), "overdue") if is_over else (_("未到时限"), "running")
    return time_left_words(minutes), clock_look(minutes, clock.clock_minutes)
