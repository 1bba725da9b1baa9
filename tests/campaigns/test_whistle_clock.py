"""The clock and whistles: overdue goes up, unrated ones close, contacts go.

Times are given; 2026-10-01 to 07 were days off, and a working day has seven hours.
"""

import logging
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Notification
from campaigns import tasks
from campaigns.actions.whistle_clock import (
    close_unrated_whistles,
    erase_whistle_contacts,
    tell_overdue_whistles,
)
from campaigns.models import Whistle, WhistleEntry
from core.models import AuditEntry
from tests.factories.communities import MembershipFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db


def at(text):
    """A moment by the clock of Beijing."""
    return timezone.make_aware(datetime.fromisoformat(text))


BEFORE_THE_FESTIVAL = at("2026-09-30 16:30")
JUST_AFTER = at("2026-09-30 16:31")


def running(due, minutes=420):
    """Fields of a clock that runs to then."""
    return {
        "clock_minutes": minutes,
        "clock_started_at": due - timedelta(days=9),
        "due_at": due,
    }


def asked(due=BEFORE_THE_FESTIVAL, **values):
    return WhistleResponseFactory(**running(due), **values)


def official_of(role, **scope):
    return MembershipFactory(role=role, **scope).user


def people_of(response):
    """One official of the unit, of the street and of the office."""
    street = response.whistle.community.subdistrict
    return (
        official_of("unit", organization=response.organization),
        official_of("street", subdistrict=street),
        official_of("office"),
    )


def told(kind="whistle_overdue"):
    rows = Notification.objects.filter(kind=kind).order_by("pk")
    return [row.recipient for row in rows.select_related("recipient")]


# Overdue ---------------------------------------------------------------------


def test_late_answer_goes_up_over_a_holiday_week_step_by_step():
    response = asked()
    unit, street, office = people_of(response)
    moments = [
        "2026-09-30 16:30", "2026-09-30 16:31", "2026-10-01 10:00",
        "2026-10-07 16:00", "2026-10-08 16:29", "2026-10-08 16:30",
        "2026-10-09 16:29", "2026-10-09 16:30", "2026-10-10 10:00",
    ]  # fmt: skip

    seen = {}
    for moment in moments:
        if tell_overdue_whistles(now=at(moment)):
            seen[moment] = told()[-1]

    assert seen == {
        "2026-09-30 16:31": unit,
        "2026-10-08 16:30": street,
        "2026-10-09 16:30": office,
    }
    response.refresh_from_db()
    assert response.overdue_step == 3


def test_wait_for_dispatch_begins_with_the_street():
    whistle = IssuedWhistleFactory(**running(BEFORE_THE_FESTIVAL))
    street = official_of("street", subdistrict=whistle.community.subdistrict)
    office = official_of("office")

    counts = [
        tell_overdue_whistles(now=at(moment))
        for moment in ("2026-09-30 16:31", "2026-10-08 16:30", "2026-10-09 17:00")
    ]

    assert (counts, told()) == ([1, 1, 0], [street, office])


def test_each_step_is_noted_in_the_whistles_log():
    response = HandlingResponseFactory(**running(BEFORE_THE_FESTIVAL))
    people_of(response)
    now = at("2026-10-09 17:00")

    tell_overdue_whistles(now=now)

    street = response.whistle.community.subdistrict.name
    unit = response.organization.name
    rows = WhistleEntry.objects.filter(kind="overdue", actor="系统", at=now, by=None)
    assert list(rows.values_list("response", "text")) == [
        (response.pk, f"{unit}未按时办结，已提醒{whom}。")
        for whom in ("该单位", street, "区文明办")
    ]


def test_second_run_says_nothing_twice():
    people_of(asked())

    counts = [tell_overdue_whistles(now=JUST_AFTER) for _time in range(2)]

    assert (counts, len(told())) == ([1, 0], 1)


@pytest.mark.parametrize(
    "moment",
    ["2026-10-08 07:59", "2026-10-08 12:30", "2026-10-08 17:30", "2026-10-04 10:00"],
    ids=["early", "noon", "evening", "holiday"],
)
def test_nothing_is_said_outside_working_hours(moment):
    people_of(asked())

    assert tell_overdue_whistles(now=at(moment)) == 0

    assert told() == []


def test_paused_clocks_are_not_overdue():
    people_of(WhistleResponseFactory(clock_minutes=60, clock_used=90))
    IssuedWhistleFactory(state="returned", clock_minutes=60, clock_used=90)

    assert tell_overdue_whistles(now=JUST_AFTER) == 0


def test_street_hears_at_once_where_nobody_answers_for_the_unit():
    response = asked()
    street = response.whistle.community.subdistrict
    official = official_of("street", subdistrict=street)

    tell_overdue_whistles(now=JUST_AFTER)

    response.refresh_from_db()
    assert (told(), response.overdue_step) == ([official], 2)


def test_row_that_no_calendar_covers_does_not_stop_the_others(caplog):
    broken, sound = asked(at("2003-12-30 10:00")), asked()
    unit, _street, _office = people_of(sound)

    with caplog.at_level(logging.ERROR):
        count = tell_overdue_whistles(now=JUST_AFTER)

    assert (count, told()) == (1, [unit])
    assert f"left out WhistleResponse {broken.pk}" in caplog.text


def test_year_without_calendar_is_logged_and_told_of_nobody(caplog):
    people_of(asked())

    assert tell_overdue_whistles(now=at("2027-01-04 10:00")) == 0

    assert "2027" in caplog.text
    assert told() == []


# Rating ----------------------------------------------------------------------


def delivered(due, state="delivered", **values):
    """Its community has an official."""
    response = DeliveredResponseFactory(whistle__state=state, **values)
    Whistle.objects.filter(pk=response.whistle_id).update(**running(due, 2100))
    response.whistle.refresh_from_db()
    official_of("community", community=response.whistle.community)
    return response.whistle


@pytest.mark.parametrize("state", ["delivered", "verified"])
def test_unrated_whistle_is_closed_once_its_days_are_over(state):
    whistle = delivered(BEFORE_THE_FESTIVAL, state)

    counts = [
        close_unrated_whistles(now=now)
        for now in (BEFORE_THE_FESTIVAL, JUST_AFTER, JUST_AFTER)
    ]

    whistle.refresh_from_db()
    assert counts == [0, 1, 0]
    assert (whistle.state, whistle.ended_at) == ("closed", JUST_AFTER)
    assert (whistle.resolution, whistle.is_satisfied) == ("", None)
    assert (whistle.due_at, whistle.clock_runs) == (None, False)
    assert whistle.entries.get().kind == "unrated"
    verb = "campaigns.whistle_closed"
    assert AuditEntry.objects.get(verb=verb).actor_name == "系统"
    assert len(told("whistle_unrated")) == 1


def test_unrated_whistle_is_closed_without_the_calendar_of_the_day():
    whistle = delivered(at("2026-12-31 17:30"))

    assert close_unrated_whistles(now=at("2027-01-04 10:00")) == 1

    whistle.refresh_from_db()
    assert whistle.state == "closed"


@pytest.mark.parametrize("state", ["handling", "closed", "withdrawn"])
def test_whistle_that_waits_for_no_rating_stays(state):
    ended = None if state == "handling" else JUST_AFTER
    whistle = IssuedWhistleFactory(
        state=state, ended_at=ended, **running(BEFORE_THE_FESTIVAL)
    )

    assert close_unrated_whistles(now=JUST_AFTER) == 0

    whistle.refresh_from_db()
    assert whistle.state == state


def test_rating_is_recalled_once_one_working_day_before_its_end():
    delivered(at("2026-10-08 10:00"))
    moments = [
        "2026-09-29 17:00", "2026-09-30 09:59", "2026-09-30 12:30",
        "2026-09-30 14:30", "2026-09-30 16:00", "2026-10-08 09:00",
    ]  # fmt: skip

    counts = {}
    for moment in moments:
        close_unrated_whistles(now=at(moment))
        counts[moment] = len(told("whistle_rating_due"))

    assert list(counts.values()) == [0, 0, 0, 1, 1, 1]


def test_recall_of_one_that_no_calendar_covers_does_not_stop_the_others(caplog):
    broken, _sound = (
        delivered(at("2027-01-05 10:00")),
        delivered(at("2026-12-31 17:00")),
    )

    close_unrated_whistles(now=at("2026-12-31 10:00"))

    assert len(told("whistle_rating_due")) == 1
    assert f"left out Whistle {broken.pk}" in caplog.text


# Residents -------------------------------------------------------------------


def ended_with_contact(days, **values):
    """Ended so many days before the festival."""
    return IssuedWhistleFactory(
        state="closed",
        ended_at=BEFORE_THE_FESTIVAL - timedelta(days=days),
        resident_consented=True,
        **{"resident_name": "王示例", "resident_phone": "+8613800009999", **values},
    )


@pytest.mark.parametrize(
    "values", [{}, {"resident_name": ""}, {"resident_phone": ""}],
    ids=["both", "phone", "name"],
)  # fmt: skip
def test_contact_is_erased_thirty_days_after_the_end(values):
    whistle = ended_with_contact(30, **values)

    counts = [erase_whistle_contacts(now=BEFORE_THE_FESTIVAL) for _time in range(2)]

    whistle.refresh_from_db()
    assert counts == [1, 0]
    assert (whistle.resident_name, whistle.resident_phone) == ("", "")
    assert whistle.contact_erased_at == BEFORE_THE_FESTIVAL


@pytest.mark.parametrize(("days", "erased"), [(29, 0), (30, 1)])
def test_contact_in_a_draft_never_blown_goes_as_well(days, erased):
    draft = WhistleFactory(resident_name="王示例", resident_consented=True)
    draft.created_at = BEFORE_THE_FESTIVAL - timedelta(days=days)
    draft.save(update_fields=["created_at"])

    assert erase_whistle_contacts(now=BEFORE_THE_FESTIVAL) == erased


def test_contact_stays_until_then_and_while_the_whistle_is_under_way():
    ended_with_contact(29)
    IssuedWhistleFactory(resident_name="王示例", resident_consented=True)

    assert erase_whistle_contacts(now=BEFORE_THE_FESTIVAL) == 0

    assert Whistle.objects.exclude(resident_name="").count() == 2


def test_erasing_is_recorded_without_the_contact():
    whistle = ended_with_contact(31)

    erase_whistle_contacts(now=BEFORE_THE_FESTIVAL)

    line = AuditEntry.objects.get(verb="campaigns.whistle_contact_erased")
    assert (line.target_id, line.data) == (whistle.pk, {})
    assert "王示例" not in line.target_name


# The schedule ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("tell_overdue_whistles", settings.BEAT_SECONDS),
        ("close_unrated_whistles", settings.BEAT_SECONDS),
        ("erase_whistle_contacts", 3600),
    ],
)
def test_clock_runs_on_schedule(name, seconds):
    task = getattr(tasks, f"{name}_task")
    every = {
        row["task"]: row["schedule"] for row in settings.CELERY_BEAT_SCHEDULE.values()
    }

    assert every[task.name] == seconds
    assert task() == 0
