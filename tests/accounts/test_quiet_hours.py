"""Quiet hours by the clock of Beijing, over the ends of days, months and years."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from accounts.models import QuietHours, User
from accounts.notifications.quiet_hours import end_of_quiet, quiet_until
from tests.factories.accounts import UserFactory

BEIJING = ZoneInfo("Asia/Shanghai")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-05-04 20:59:59.999999", None),
        ("2026-05-04 21:00:00", "2026-05-05 08:00"),
        ("2026-05-05 00:00:00", "2026-05-05 08:00"),
        ("2026-05-05 07:59:59.999999", "2026-05-05 08:00"),
        ("2026-05-05 08:00:00", None),
        ("2026-05-31 23:59:59", "2026-06-01 08:00"),
        ("2027-02-28 22:00:00", "2027-03-01 08:00"),
        ("2028-02-28 22:00:00", "2028-02-29 08:00"),
        ("2028-02-29 22:00:00", "2028-03-01 08:00"),
        ("2026-12-31 22:00:00", "2027-01-01 08:00"),
    ],
)
def test_quiet_hours_over_midnight_end_in_the_morning(now, end):
    found = end_of_quiet(at(now), time(21), time(8))

    assert found == (end and at(end))


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-05-05 11:59:59", None),
        ("2026-05-05 12:00:00", "2026-05-05 14:30"),
        ("2026-05-05 14:30:00", None),
        ("2026-05-05 23:00:00", None),
    ],
)
def test_quiet_hours_within_a_day_end_on_it(now, end):
    found = end_of_quiet(at(now), time(12), time(14, 30))

    assert found == (end and at(end))


def test_quiet_hours_from_a_time_to_the_same_are_none():
    assert end_of_quiet(at("2026-05-05 08:00"), time(8), time(8)) is None


def test_quiet_hours_ask_by_the_clock_of_beijing():
    utc = at("2026-05-05 07:00").astimezone(ZoneInfo("UTC"))

    assert end_of_quiet(utc, time(21), time(8)) == at("2026-05-05 08:00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "end"),
    [
        (None, "2026-05-05 08:00"),
        ({"is_on": False}, None),
        ({"from_time": time(22), "until_time": time(7, 15)}, "2026-05-05 07:15"),
    ],
    ids=["the portal's", "switched off", "one's own"],
)
def test_quiet_until_follows_the_person_without_a_query(own, end):
    person = UserFactory()
    if own is not None:
        QuietHours.objects.create(user=person, **own)
    person = User.objects.select_related("quiet_hours").get(pk=person.pk)

    with connection.execute_wrapper(lambda *_args: pytest.fail("a query")):
        found = quiet_until(person, at("2026-05-04 23:30"))

    assert found == (end and at(end))
