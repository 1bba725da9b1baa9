"""A clock in working time: it pauses, goes on where it stood, and never runs back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.models import WhistleResponse
from core.working_days import CalendarMissing
from core.working_hours import working_minutes_between

DAY = 420


def at(text):
    """A moment by the clock of Beijing."""
    return timezone.make_aware(datetime.fromisoformat(text))


def clock(begins, minutes=DAY, used=0):
    made = WhistleResponse()
    made.start_clock(minutes, now=at(begins), used=used)
    return made


def reading(made):
    return made.clock_minutes, made.clock_used, made.clock_runs, made.due_at


def test_clock_runs_from_its_start_to_the_end_of_its_time():
    made = clock("2026-09-30 16:30")

    assert reading(made) == (DAY, 0, True, at("2026-10-08 16:30"))


def test_clock_begun_with_time_used_has_the_rest():
    made = clock("2026-11-23 08:00", used=180)

    assert reading(made) == (DAY, 180, True, at("2026-11-23 12:00"))


def test_clock_begun_with_more_used_than_it_has_is_due_at_once():
    made = clock("2026-11-23 08:00", used=500)

    assert made.due_at == at("2026-11-23 08:00")
    assert made.is_overdue(at("2026-11-23 08:01"))


def test_pausing_keeps_what_has_run_and_stops_the_time():
    made = clock("2026-11-23 08:00")

    made.pause_clock(now=at("2026-11-23 15:00"))

    assert reading(made) == (DAY, 270, False, None)
    assert made.minutes_left(at("2026-12-31 17:00")) == 150
    assert not made.is_overdue(at("2026-12-31 17:00"))


def test_pausing_twice_counts_once():
    made = clock("2026-11-23 08:00")
    made.pause_clock(now=at("2026-11-23 09:00"))

    made.pause_clock(now=at("2026-11-23 16:00"))

    assert made.clock_used == 60


def test_going_on_takes_up_where_it_stood():
    made = clock("2026-11-23 08:00")
    made.pause_clock(now=at("2026-11-23 11:00"))

    made.resume_clock(now=at("2026-11-27 16:30"))

    assert reading(made) == (DAY, 180, True, at("2026-11-30 11:00"))


def test_going_on_while_it_runs_gives_no_time_back():
    made = clock("2026-11-23 08:00")

    made.resume_clock(now=at("2026-11-23 12:00"))

    assert made.due_at == at("2026-11-23 17:30")


def test_going_on_after_its_time_is_over_is_due_at_once():
    made = clock("2026-11-23 08:00", minutes=60)
    made.pause_clock(now=at("2026-11-23 16:00"))

    made.resume_clock(now=at("2026-11-24 09:00"))

    assert (made.clock_used, made.due_at) == (330, at("2026-11-24 09:00"))


def test_beginning_anew_forgets_what_was_told():
    made = clock("2026-11-23 08:00")
    made.overdue_step = 2

    made.start_clock(60, now=at("2026-11-25 09:00"))

    assert (made.overdue_step, made.due_at) == (0, at("2026-11-25 10:00"))


@pytest.mark.parametrize("paused", [False, True], ids=["running", "paused"])
def test_lengthening_adds_to_what_is_left(paused):
    made = clock("2026-11-23 08:00")
    if paused:
        made.pause_clock(now=at("2026-11-23 08:00"))

    made.lengthen_clock(60)

    made.resume_clock(now=at("2026-11-23 08:00"))
    assert made.due_at == at("2026-11-24 09:00")


def test_time_left_turns_negative_after_the_end():
    made = clock("2026-11-23 08:00")

    left = [
        made.minutes_left(at(text))
        for text in ("2026-11-23 16:30", "2026-11-23 20:00", "2026-11-24 09:00")
    ]

    assert left == [60, 0, -60]


def test_clock_over_a_new_year_without_calendar_is_refused_and_stands_still():
    made = clock("2026-12-31 08:00")
    made.pause_clock(now=at("2026-12-31 17:00"))

    with pytest.raises(CalendarMissing):
        made.resume_clock(now=at("2026-12-31 17:01"))

    assert reading(made) == (DAY, 390, False, None)


PASSING = st.timedeltas(timedelta(0), timedelta(days=5))
STEPS = st.lists(st.tuples(st.sampled_from(["pause", "resume"]), PASSING), max_size=12)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(STEPS)
def test_clock_paused_and_resumed_anyhow_never_runs_back(steps):
    made, now = clock("2026-02-10 09:00", minutes=3 * DAY), at("2026-02-10 09:00")
    ran, pauses = 0, 0

    for step, passing in steps:
        then, used, due = now + passing, made.clock_used, made.due_at
        if made.clock_runs:
            ran += working_minutes_between(now, then)
        now = then
        getattr(made, f"{step}_clock")(now=now)
        pauses += step == "pause"

        assert made.clock_used >= used
        assert made.clock_runs == (made.due_at is not None)
        if due and made.due_at:
            assert made.due_at >= due

    made.pause_clock(now=now)
    assert ran <= made.clock_used <= ran + len(steps) + pauses
