"""Working hours: the days of the notices, the break at noon, the ends of a day."""

from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.working_days import CalendarMissing
from core.working_hours import (
    add_working_minutes,
    end_of_work,
    is_working_time,
    minutes_of_a_day,
    working_minutes_between,
)


def at(text):
    """A moment by the clock of Beijing: "2026-09-30 16:00"."""
    return timezone.make_aware(datetime.fromisoformat(text))


# By hand, from the notice for 2026 (国办发明电〔2025〕7号) and 8:00-12:00, 14:30-17:30.
COUNTED = {
    "morning": ("2026-11-23 09:00", 60, "2026-11-23 10:00"),
    "over noon": ("2026-11-23 11:30", 60, "2026-11-23 15:00"),
    "to noon exactly": ("2026-11-23 11:00", 60, "2026-11-23 12:00"),
    "in the break": ("2026-11-23 13:00", 30, "2026-11-23 15:00"),
    "a day from its opening": ("2026-11-23 08:00", 420, "2026-11-23 17:30"),
    "a minute more": ("2026-11-23 08:00", 421, "2026-11-24 08:01"),
    "before opening": ("2026-11-23 06:00", 30, "2026-11-23 08:30"),
    "after closing": ("2026-11-23 19:00", 30, "2026-11-24 08:30"),
    "over a weekend": ("2026-11-27 17:00", 60, "2026-11-30 08:30"),
    # Off from 25 to 27 September and 1 to 7 October; 20 September, a Sunday, worked.
    "make-up sunday": ("2026-09-18 17:00", 60, "2026-09-20 08:30"),
    "over the festival": ("2026-09-30 16:30", 120, "2026-10-08 09:00"),
    "make-up saturday": ("2026-10-09 16:30", 61, "2026-10-10 08:01"),
    "seconds stay": ("2026-11-23 11:59:30", 1, "2026-11-23 14:30:30"),
    "no minutes": ("2026-11-22 03:00", 0, "2026-11-22 03:00"),
}


@pytest.mark.parametrize(
    ("first", "minutes", "last"), COUNTED.values(), ids=COUNTED.keys()
)
def test_counting_on_finds_the_moment_and_between_comes_back(first, minutes, last):
    first, last = at(first), at(last)

    assert add_working_minutes(first, minutes) == last
    assert working_minutes_between(first, last) == minutes


def test_minutes_between_a_later_and_an_earlier_moment_are_none():
    first, last = at("2026-11-23 16:00"), at("2026-11-23 09:00")

    assert working_minutes_between(first, last) == 0


# The last year that the calendar knows ------------------------------------------

MOMENTS = {
    "last minute": ("2026-12-31 17:29", "2026-12-31 17:30", 1),
    "evening": ("2026-12-31 16:30", "2026-12-31 23:00", 60),
    "all in the evening": ("2026-12-31 18:00", "2026-12-31 19:00", 0),
}


@pytest.mark.parametrize(
    ("first", "last", "minutes"), MOMENTS.values(), ids=MOMENTS.keys()
)
def test_a_year_is_counted_to_its_end_without_the_next(first, last, minutes):
    assert working_minutes_between(at(first), at(last)) == minutes


def test_last_minute_of_a_year_can_be_reached_without_the_next():
    assert add_working_minutes(at("2026-12-31 16:30"), 60) == at("2026-12-31 17:30")


def test_counting_into_a_year_without_calendar_is_refused():
    evening = at("2026-12-31 17:00")

    with pytest.raises(CalendarMissing):
        add_working_minutes(evening, 31)
    with pytest.raises(CalendarMissing):
        working_minutes_between(evening, at("2027-01-01 00:00"))
    with pytest.raises(CalendarMissing):
        is_working_time(at("2027-01-04 09:00"))


# Whatever the moment --------------------------------------------------------------

MOMENT = st.datetimes(
    datetime(2024, 1, 1), datetime(2026, 9, 30), allow_imaginary=False
).map(timezone.make_aware)
MINUTES = st.integers(0, 6000)
MONTH = timedelta(days=31)
SOME = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@SOME
@given(MOMENT, MINUTES, MINUTES)
def test_adding_and_counting_agree_and_adding_can_be_split(moment, minutes, more):
    then = add_working_minutes(moment, minutes)

    assert working_minutes_between(moment, then) == minutes
    whole = add_working_minutes(moment, minutes + more)
    assert add_working_minutes(then, more) == whole


@SOME
@given(MOMENT, MOMENT, MINUTES)
def test_later_begins_never_end_earlier(one, other, minutes):
    first, last = sorted([one, other])

    assert add_working_minutes(first, minutes) <= add_working_minutes(last, minutes)


@SOME
@given(MOMENT, st.timedeltas(timedelta(0), MONTH), st.timedeltas(timedelta(0), MONTH))
def test_parts_of_a_span_lack_a_minute_at_most(first, some, more):
    middle, last = first + some, first + some + more
    whole = working_minutes_between(first, last)
    parts = working_minutes_between(first, middle)
    parts += working_minutes_between(middle, last)

    assert whole - 1 <= parts <= whole


@SOME
@given(MOMENT)
def test_time_runs_exactly_while_offices_work(moment):
    moment = moment.replace(second=0, microsecond=0)
    later = moment + timedelta(minutes=1)

    assert working_minutes_between(moment, later) == is_working_time(moment)


# One day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-11-23 08:00", True),
        ("2026-11-23 11:59:59", True),
        ("2026-11-23 12:00", False),
        ("2026-11-23 14:30", True),
        ("2026-11-23 17:30", False),
        ("2026-11-22 10:00", False),
        ("2026-10-02 10:00", False),
        ("2026-10-10 10:00", True),
    ],
    ids=[
        "opening", "before noon", "noon", "afternoon", "closing", "sunday",
        "festival", "make-up day",
    ],
)  # fmt: skip
def test_offices_work_at_these_times(moment, works):
    assert is_working_time(at(moment)) == works


def test_day_has_the_minutes_of_its_stretches_and_ends_with_the_last(settings):
    settings.WORKING_HOURS = "09:00-12:00, 13:00-17:15"

    assert minutes_of_a_day() == 435
    assert end_of_work(date(2026, 11, 22)) == at("2026-11-22 17:15")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "08:00",
        "12:00-08:00",
        "08:00-12:00,11:00-17:00",
        "08:00-12:00,12:00-17:00",
        "08:00-08:00",
        "08:00:30-12:00",
        "08:00:00.5-12:00",
        "08:00-12:00Z",
        "8-12",
    ],
)
def test_hours_that_make_no_sense_stop_the_start(settings, text):
    settings.WORKING_HOURS = text

    with pytest.raises(ImproperlyConfigured, match="WORKING_HOURS must read like"):
        apps.get_app_config("core").ready()
