"""Who must confirm: minutes of a Beijing day, all of them, at a person's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.dates import minutes_by_day
from tests.factories.accounts import UserFactory
from tests.factories.hours import (
    AttendanceFactory,
    LateEntryFactory,
    PastShiftFactory,
    RecordFactory,
    days_ago,
)
from tests.factories.volunteers import VolunteerFactory
from volunteers.actions.hours import level_of, reject_record
from volunteers.actions.settlement import settle_shift
from volunteers.models import ServiceRecord

MINUTE = timedelta(minutes=1)
H8, H12 = 480, 720


def serve(volunteer, starts_at, minutes):
    """The record of a settled shift of its own organisation, all of it served."""
    shift = PastShiftFactory(
        activity__starts_at=starts_at,
        activity__ends_at=starts_at + timedelta(days=3),
        ends_at=starts_at + minutes * MINUTE,
    )
    came = AttendanceFactory(signup__shift=shift, signup__volunteer=volunteer)
    settle_shift(shift=shift, excused=[], by=UserFactory(), now=timezone.now())
    return ServiceRecord.objects.get(signup=came.signup)


# Each span: hour of the day four days ago at which it starts, minutes.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spans", "level"),
    [
        pytest.param([(8, H8)], "direct", id="8:00 h"),
        pytest.param([(8, H8 + 1)], "superior", id="8:01 h"),
        pytest.param([(8, H12)], "superior", id="12:00 h"),
        pytest.param([(8, H12 + 1)], "office", id="12:01 h"),
        pytest.param([(0, 240), (8, 240)], "direct", id="two shifts, 8 h"),
        pytest.param([(0, 240), (8, 241)], "superior", id="two shifts, 8:01 h"),
        pytest.param([(0, H8), (8, 240), (12.5, 1)], "office", id="three shifts"),
        pytest.param([(16, 960)], "direct", id="8 h before midnight, 8 after"),
        pytest.param([(16, 961)], "superior", id="8:01 h after midnight"),
        pytest.param([(15.5, 960)], "superior", id="8:30 h before midnight"),
        pytest.param([(8, 240), (19.75, 480)], "superior", id="4 h and 4:15 of 8"),
        pytest.param([(8, 240), (20, 480)], "direct", id="4 h and 4 h of 8:00"),
        pytest.param([(20, 240), (24, H8)], "direct", id="next to each other"),
    ],
)
def test_level_follows_the_fullest_day(spans, level):
    volunteer, midnight = VolunteerFactory(), days_ago(4, hour=0)

    times = [
        (midnight + timedelta(hours=hour), midnight + timedelta(hours=hour, minutes=of))
        for hour, of in spans
    ]

    for first, last in times[:-1]:
        LateEntryFactory(
            volunteer=volunteer, starts_at=first, ends_at=last, state="confirmed"
        )

    assert level_of(volunteer, times[-1]) == level


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "decided"),
    [(H8, ("direct", "confirmed")), (H8 + 1, ("superior", "recorded"))],
)
def test_settling_confirms_only_what_the_organisation_may(minutes, decided):
    record = serve(VolunteerFactory(), days_ago(4), minutes)

    assert (record.level, record.state) == decided


@pytest.mark.django_db
def test_level_counts_what_waits_for_review():
    held = RecordFactory(state="in_review")

    record = serve(held.volunteer, held.ends_at, H8 - 120 + 1)

    assert record.level == "superior"


@pytest.mark.django_db
def test_level_stays_when_a_record_of_the_day_is_rejected():
    volunteer, midnight = VolunteerFactory(), days_ago(4, hour=0)
    first = serve(volunteer, midnight, H8 + 1)
    second = serve(volunteer, midnight + timedelta(hours=10), 60)

    reject_record(record=first, reason="示例", by=UserFactory(), now=timezone.now())

    second.refresh_from_db()
    assert (second.level, second.state) == ("superior", "recorded")


@pytest.mark.django_db
def test_level_does_not_count_other_people():
    held = RecordFactory()

    assert serve(VolunteerFactory(), held.ends_at, H8).level == "direct"


def test_minutes_by_day_sum_to_the_whole_span():
    first = days_ago(4, hour=23) + timedelta(seconds=30)
    last = first + timedelta(hours=26, seconds=45)

    parts = minutes_by_day(first, last)

    assert list(parts.values()) == [59, 1440, 61]
    assert sum(parts.values()) == 26 * 60
