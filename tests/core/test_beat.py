"""When beat rings: once a slot, at once after a start, nothing kept on disk."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app

from core.beat import NEVER, SlotBell, SlotScheduler

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def after_noon(seconds):
    return NOON + timedelta(seconds=seconds)


@pytest.fixture
def beat(settings):
    """A beat that has just started, with a job a minute and a job a day."""
    schedule = {
        "often": {"task": "tests.often", "schedule": 60},
        "daily": {"task": "tests.daily", "schedule": 86_400},
    }
    before = current_app.conf.beat_schedule
    current_app.conf.beat_schedule = schedule
    yield SlotScheduler(current_app, Producer=lambda *_args, **_options: None)
    current_app.conf.beat_schedule = before


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        (20, -56, (True, 45)),
        (4, -55, (False, 1)),
        (5, -55, (True, 60)),
        (20, 5, (False, 45)),
        (64.5, 5, (False, 0.5)),
    ],
    ids=["missed", "slot too young", "slot begins", "rung", "next too young"],
)
def test_bell_of_a_minute_rings_soon_after_a_slot_began(now, last, expected):
    with time_machine.travel(after_noon(now), tick=False):
        assert SlotBell(60).is_due(after_noon(last)) == expected


@time_machine.travel(after_noon(30), tick=False)
def test_beat_that_starts_rings_everything_and_keeps_no_file(beat, tmp_path):
    due = {name: entry.is_due() for name, entry in beat.schedule.items()}

    assert due == {"often": (True, 35), "daily": (True, 275)}
    assert {entry.last_run_at for entry in beat.schedule.values()} == {NEVER}


def test_rings_nobody_took_expire_with_the_next(beat):
    assert {name: entry.options for name, entry in beat.schedule.items()} == {
        "often": {"expires": 60},
        "daily": {"expires": 300},
    }


def test_beat_of_the_portal_is_this_one():
    assert current_app.conf.beat_scheduler == "core.beat:SlotScheduler"
