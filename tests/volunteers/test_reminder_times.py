"""When reminders are due: leads, nights, ends of months and years."""

from datetime import datetime

import pytest
from django.utils import timezone

from volunteers.queries.reminder_times import reminder_due_at, reminder_expires_at


def beijing(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        pytest.param("2026-05-03 07:00", 3, "2026-05-02 20:00", id="07:00"),
        pytest.param("2026-05-03 08:30", 3, "2026-05-02 20:00", id="08:30"),
        pytest.param("2026-05-03 09:29", 3, "2026-05-02 20:00", id="under half left"),
        pytest.param("2026-05-03 09:30", 3, "2026-05-03 06:30", id="half left"),
        pytest.param("2026-05-03 10:00", 3, "2026-05-03 07:00", id="10:00"),
        pytest.param("2026-05-03 12:00", 3, "2026-05-03 09:00", id="12:00"),
        pytest.param("2026-05-03 23:59", 3, "2026-05-03 20:59", id="before quiet"),
        pytest.param("2026-05-03 00:00", 3, "2026-05-02 20:00", id="midnight"),
        pytest.param("2026-05-03 00:30", 48, "2026-05-01 00:30", id="two nights"),
        pytest.param("2026-05-03 10:00", 48, "2026-05-01 10:00", id="two days"),
        pytest.param("2026-06-01 07:00", 3, "2026-05-31 20:00", id="month end"),
        pytest.param("2026-03-01 07:00", 3, "2026-02-28 20:00", id="28 February"),
        pytest.param("2028-03-01 07:00", 3, "2028-02-29 20:00", id="29 February"),
        pytest.param("2028-03-02 09:00", 48, "2028-02-29 09:00", id="leap day"),
        pytest.param("2027-01-01 00:30", 3, "2026-12-31 20:00", id="year end"),
        pytest.param("2027-01-01 10:00", 48, "2026-12-30 10:00", id="old year"),
    ],
)
def test_reminder_due_at_leaves_time_to_act(start, hours, due):
    assert reminder_due_at(beijing(start), hours) == beijing(due)


@pytest.mark.parametrize(
    ("start", "hours", "expires"),
    [
        pytest.param("2026-05-03 10:00", 48, "2026-05-01 16:00", id="6 hours late"),
        pytest.param("2026-05-03 12:00", 3, "2026-05-03 12:00", id="at the start"),
        pytest.param("2026-05-03 23:00", 48, "2026-05-02 14:00", id="after the night"),
        pytest.param("2026-05-03 07:00", 3, "2026-05-03 02:00", id="evening before"),
    ],
)
def test_reminder_expires_at_the_start_at_the_latest(start, hours, expires):
    assert reminder_expires_at(beijing(start), hours) == beijing(expires)
