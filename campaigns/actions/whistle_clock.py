"""What the clock does to whistles: tells of overdue ones, closes, forgets contacts."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications.kind_settings import is_on, leads_of
from campaigns.actions.whistle_log import (
    clock_of,
    locked_response,
    locked_whistle,
    note_entry,
)
from campaigns.models import Whistle, WhistleEntry, WhistleResponse
from campaigns.notices import whistle_clock as notices
from campaigns.queries.task_people import office_people
from campaigns.queries.whistle_people import blowers_of, street_people
from communities.queries.officials import responsible_officials
from core import audit
from core.transactions import retried_atomic
from core.working_days import CalendarMissing
from core.working_hours import (
    is_working_time,
    minutes_of_a_day,
    working_minutes_between,
)

logger = logging.getLogger(__name__)

UNIT, STREET, OFFICE = 1, 2, 3
OVERDUE, RATING_DUE = "whistle_overdue", "whistle_rating_due"
Kind = WhistleEntry.Kind


def tell_overdue_whistles(*, now: datetime) -> int:
    """Tell of overdue clocks upward: the unit, the street, the office.

    A wait for dispatch begins with the street. Between steps lie
    so many working hours as set for the kind; nothing is said outside of them. Safe to
    run twice: each step is claimed under the lock of its row. What no calendar is
    known for is logged and left. Returns how many steps were told. Source: issue 5,
    "overdue rises unit → street → office, once per step".
    """
    if not (_is_open(now) and is_on(OVERDUE)):
        return 0
    late = {"due_at__lt": now, "overdue_step__lt": OFFICE}
    waiting = Whistle.objects.filter(state=Whistle.State.ISSUED, **late)
    asked = WhistleResponse.objects.filter(
        state__in=WhistleResponse.OPEN_STATES, **late
    )
    told = _each(waiting, _tell_of_dispatch, now)
    return told + _each(asked, _tell_of_response, now)


def close_unrated_whistles(*, now: datetime) -> int:
    """Close delivered whistles nobody rated in time; recall the rating a day before.

    They count as not rated. The recall comes one working day before the end, in
    working hours, once. Safe to run twice. Returns how many were closed. Source:
    issue 5, "no answer after the period closes it as not rated".
    """
    answerable = Whistle.objects.filter(state__in=Whistle.ANSWERABLE_STATES)
    if _is_open(now) and is_on(RATING_DUE):
        _each(answerable.filter(overdue_step=0, due_at__gte=now), _recall, now)
    return _each(answerable.filter(due_at__lt=now), _close_unrated, now)


def erase_whistle_contacts(*, now: datetime) -> int:
    """Forget residents of whistles that ended RESIDENT_CONTACT_DAYS ago or earlier.

    Safe to run twice. Returns how many were erased. Source: issue 5, "gone 30 days
    after closing".
    """
    return _each(Whistle.objects.with_contact_to_erase(now), _erase_contact, now)


def _is_open(now: datetime) -> bool:
    try:
        return is_working_time(now)
    except CalendarMissing:
        logger.exception("nothing is told about whistles without a calendar")
        return False


def _each(
    rows: models.QuerySet, act: Callable[[int, datetime], int], now: datetime
) -> int:
    """Do it to each; one that needs an unknown calendar must not stop the others."""
    done = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        try:
            done += act(pk, now)
        except CalendarMissing:
            logger.exception("the clock left out %s %s", rows.model.__name__, pk)
    return done


# Overdue ---------------------------------------------------------------------


@retried_atomic
def _tell_of_dispatch(pk: int, now: datetime) -> int:
    whistle = locked_whistle(pk)
    if whistle.state != Whistle.State.ISSUED or not whistle.is_overdue(now):
        return 0
    steps = _claimed(whistle, STREET, lambda step: _above(whistle, step), now)
    for step, people in steps.items():
        notices.dispatch_overdue(whistle, people, step=step)
        _note_overdue(whistle, None, step, now)
    return len(steps)


@retried_atomic
def _tell_of_response(pk: int, now: datetime) -> int:
    response = locked_response(pk)
    if not response.is_open or not response.is_overdue(now):
        return 0

    def people_of(step: int) -> list[User]:
        if step > UNIT:
            return _above(response.whistle, step)
        organization = response.organization
        return responsible_officials([organization])[organization.pk]

    steps = _claimed(response, UNIT, people_of, now)
    for step, people in steps.items():
        notices.response_overdue(response, people, step=step)
        _note_overdue(response.whistle, response, step, now)
    return len(steps)


def _above(whistle: Whistle, step: int) -> list[User]:
    if step == STREET:
        return street_people(whistle.community)
    return office_people()


def _claimed(
    row: Whistle | WhistleResponse,
    first: int,
    people_of: Callable[[int], list[User]],
    now: datetime,
) -> dict[int, list[User]]:
    """The steps that are due, claimed on the row, with whom each tells."""
    late = working_minutes_between(row.due_at, now)
    [hours] = leads_of(OVERDUE)
    between = hours * 60
    told: dict[int, list[User]] = {}
    while row.overdue_step < OFFICE:
        step = max(row.overdue_step + 1, first)
        if late < (step - first) * between:
            break
        while not (people := people_of(step)) and step < OFFICE:
            step += 1  # nobody there: the next one up hears at once
        row.overdue_step = step
        told[step] = people
    if told:
        row.save(update_fields=["overdue_step"])
        audit.record(
            f"campaigns.{audit.noun_of(row)}_reminded",
            target=row,
            by=None,
            step=row.overdue_step,
        )
    return told


def _note_overdue(
    whistle: Whistle, response: WhistleResponse | None, step: int, now: datetime
) -> None:
    names = {
        STREET: whistle.community.subdistrict.name,
        OFFICE: _("区文明办"),
    }
    if response is None:
        text = _("未按时派单，已提醒%(whom)s。")
    elif response.state == WhistleResponse.State.ASKED:
        text = _("%(organization)s未按时响应，已提醒%(whom)s。")
    else:
        text = _("%(organization)s未按时办结，已提醒%(whom)s。")
    unit = response.organization.name if response else ""
    words = {"organization": unit, "whom": names.get(step, _("该单位"))}
    _note(whistle, Kind.OVERDUE, now, response=response, text=text % words)


# Rating ----------------------------------------------------------------------


@retried_atomic
def _recall(pk: int, now: datetime) -> int:
    """Claims it by `overdue_step`, which nothing else uses while a rating waits."""
    whistle = locked_whistle(pk)
    is_waiting = whistle.state in Whistle.ANSWERABLE_STATES and whistle.clock_runs
    if not is_waiting or whistle.overdue_step:
        return 0
    if whistle.minutes_left(now) > minutes_of_a_day():
        return 0
    whistle.overdue_step = 1
    whistle.save(update_fields=["overdue_step"])
    audit.record("campaigns.whistle_reminded", target=whistle, by=None)
    notices.rating_due_soon(whistle, blowers_of(whistle.community))
    return 1


@retried_atomic
def _close_unrated(pk: int, now: datetime) -> int:
    whistle = locked_whistle(pk)
    is_waiting = whistle.state in Whistle.ANSWERABLE_STATES
    if not is_waiting or not whistle.is_overdue(now):
        return 0
    whistle.pause_clock(now=whistle.due_at)
    reason = _("到期未评价，自动办结")
    whistle.move_to(
        Whistle.State.CLOSED, by=None, reason=reason, ended_at=now, **clock_of(whistle)
    )
    _note(whistle, Kind.UNRATED, now)
    notices.closed_unrated(whistle, blowers_of(whistle.community))
    return 1


# Residents -------------------------------------------------------------------


@retried_atomic
def _erase_contact(pk: int, now: datetime) -> int:
    whistle = locked_whistle(pk)
    if not Whistle.objects.with_contact_to_erase(now).filter(pk=pk).exists():
        return 0
    whistle.resident_name = whistle.resident_phone = ""
    whistle.contact_erased_at = now
    whistle.save(update_fields=["resident_name", "resident_phone", "contact_erased_at"])
    audit.record("campaigns.whistle_contact_erased", target=whistle, by=None)
    return 1


def _note(
    whistle: Whistle,
    kind: str,
    now: datetime,
    *,
    text: str = "",
    response: WhistleResponse | None = None,
) -> None:
    note_entry(
        whistle=whistle,
        kind=kind,
        side=None,
        by=None,
        now=now,
        text=text,
        response=response,
    )
