"""A worker does not go on without the beat inside it."""

import time
from types import SimpleNamespace

import pytest
from billiard import Process
from celery import current_app
from celery.worker import state
from kombu.asynchronous.timer import Timer

from core.beat_watch import BeatWatch


@pytest.fixture
def watched(monkeypatch):
    """A process in the place of beat, and what a worker asks about it at once."""
    monkeypatch.setattr(state, "should_stop", None)
    monkeypatch.setattr("core.beat_watch.LOOK_SECONDS", 0.01)
    beat, timer = Process(target=time.sleep, args=(60,)), Timer()
    BeatWatch(None).create(SimpleNamespace(beat=beat, timer=timer))
    [look] = timer.schedule.queue
    beat.start()
    yield beat, look.entry
    beat.terminate()
    beat.join()


def test_worker_whose_beat_lives_goes_on(watched):
    _beat, look = watched

    look()

    assert state.should_stop is None


def test_worker_whose_beat_was_killed_ends(watched):
    beat, look = watched
    beat.terminate()
    beat.join()

    look()

    assert state.should_stop == 1


def test_workers_of_the_portal_watch_their_beat():
    assert BeatWatch in current_app.steps["worker"]
