"""What stands in a person's calendar, read back by a calendar library."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from core import audit
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory, VolunteerFactory
from volunteers.actions import cancel_shift, cancel_signup, sign_up
from volunteers.exports import calendar_feed
from volunteers.models import Signup

pytestmark = pytest.mark.django_db
State = Signup.State


@pytest.fixture
def volunteer(db):
    return VolunteerFactory()


def feed_of(volunteer, now=None):
    return calendar_feed(volunteer, now=now or timezone.now()).content


def events_of(volunteer, now=None):
    calendar = Calendar.from_ical(feed_of(volunteer, now))
    return [dict(event) for event in calendar.events]


def test_the_feed_is_a_calendar_by_the_letter(volunteer):
    shift = ShiftFactory(title="城" * 40, place="集合点,东门;北侧\\一楼")
    SignupFactory(shift=shift, volunteer=volunteer)

    content = feed_of(volunteer)

    lines = content.split(b"\r\n")
    calendar = Calendar.from_ical(content)
    [event] = calendar.events
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert not calendar.errors + event.errors
    assert [zone["TZID"] for zone in calendar.timezones] == ["Asia/Shanghai"]
    assert event.decoded("dtstart") == shift.starts_at.replace(microsecond=0)
    assert event.decoded("dtend") == shift.ends_at.replace(microsecond=0)
    assert str(event["summary"]) == str(shift)
    assert str(event["location"]) == shift.place
    assert shift.get_absolute_url() in str(event["description"])


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.CONFIRMED, "CONFIRMED"),
        (State.WAITLISTED, "TENTATIVE"),
        (State.OFFERED, "TENTATIVE"),
        (State.CANCELLED, "CANCELLED"),
    ],
)
def test_a_sign_up_has_the_status_of_its_state(volunteer, state, status):
    soon = timezone.now() + timedelta(hours=5)
    times = {"offered_at": soon, "offer_ends_at": soon} if state == "offered" else {}
    SignupFactory(volunteer=volunteer, state=state, **times)

    [event] = events_of(volunteer)

    assert str(event["STATUS"]) == status


def test_the_feed_names_nobody_and_holds_nothing_of_others(volunteer):
    shift = ShiftFactory(capacity=5)
    shift.activity.leaders.add(UserFactory(display_name="李领队"))
    other = VolunteerFactory(user__display_name="王旁人")
    SignupFactory(shift=shift, volunteer=volunteer)
    SignupFactory(shift=shift, volunteer=other)
    SignupFactory(volunteer=other)

    text = feed_of(volunteer).decode().replace("\r\n ", "")

    assert text.count("BEGIN:VEVENT") == 1
    for name in ("李领队", "王旁人", str(volunteer)):
        assert name not in text


def test_cancelling_and_coming_back_keeps_the_event_and_raises_its_sequence(volunteer):
    shift, now = ShiftFactory(), timezone.now()

    found = []
    signup = sign_up(shift=shift, volunteer=volunteer, now=now)
    found += events_of(volunteer)
    cancel_signup(signup=signup, by=volunteer.user, now=now)
    found += events_of(volunteer)
    sign_up(shift=shift, volunteer=volunteer, now=now)
    found += events_of(volunteer)
    audit.record("volunteers.shift_changed", target=shift, by=None)
    found += events_of(volunteer)
    cancel_shift(shift=shift, reason="台风", by=UserFactory(), now=now)
    found += events_of(volunteer)

    sequences = [int(event["SEQUENCE"]) for event in found]
    states = ["CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [str(event["STATUS"]) for event in found] == states
    assert sequences == sorted(set(sequences))
    assert len({str(event["UID"]) for event in found}) == 1


def test_who_waited_until_the_start_is_told_that_it_came_to_nothing(volunteer):
    signup = SignupFactory(volunteer=volunteer, state=State.WAITLISTED)

    [before] = events_of(volunteer)
    [after] = events_of(volunteer, signup.shift.starts_at)

    assert str(after["STATUS"]) == "CANCELLED"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_what_was_cancelled_stays_for_a_month_and_what_is_over_for_two(volunteer):
    now = timezone.now()
    SignupFactory(volunteer=volunteer)
    gone = SignupFactory(volunteer=volunteer, state=State.CANCELLED)
    ends_at = gone.shift.ends_at

    counts = [
        len(events_of(volunteer, moment))
        for moment in (
            now + timedelta(days=29),
            now + timedelta(days=31),
            ends_at + timedelta(days=61),
        )
    ]

    assert counts == [2, 1, 0]
