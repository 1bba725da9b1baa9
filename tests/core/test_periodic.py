"""Periodic jobs: one run a slot, and what is written down about it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app, shared_task
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from core.models import PeriodicJob
from core.periodic import (
    Heartbeat,
    PeriodicTask,
    claim,
    heartbeats,
    last_heartbeat,
    run_slot,
)

NAME = "tests.periodic"
NOON = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
ran = []


@shared_task(base=PeriodicTask, name=NAME)
def note_a_run(word="once"):
    ran.append(word)
    return word


@pytest.fixture(autouse=True)
def schedule(settings):
    settings.CELERY_BEAT_SCHEDULE = {"test": {"task": NAME, "schedule": 60}}
    ran.clear()


def by_a_worker(task_id):
    """What the task returns when a worker gets the message `task_id`."""
    return current_app.tasks[NAME].apply(task_id=task_id).get()


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_task_of_two_messages_in_one_slot_runs_once():
    returned = [by_a_worker("first"), by_a_worker("second")]

    assert (returned, ran) == (["once", None], ["once"])
    job = PeriodicJob.objects.get()
    assert (job.name, job.runs, job.claimed_by) == (NAME, 1, "first")
    assert (job.slot, job.started_at, job.finished_at) == (
        NOON.replace(second=0),
        NOON,
        NOON,
    )


@pytest.mark.django_db
def test_task_called_directly_just_runs():
    assert (note_a_run("here"), note_a_run("again")) == ("here", "again")

    assert not PeriodicJob.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wait", "by", "expected"),
    [
        (timedelta(seconds=29), "second", False),
        (timedelta(seconds=30), "second", True),
        (-MINUTE, "second", False),
        (timedelta(minutes=-6), "second", True),
    ],
    ids=["same slot", "next slot", "a clock behind", "a clock that was wrong"],
)
def test_claim_after_another(wait, by, expected):
    claim(NAME, by="first", now=NOON)

    assert claim(NAME, by=by, now=NOON + wait) is expected


@pytest.mark.django_db
def test_claim_of_a_message_whose_worker_was_killed_is_given_again():
    claim(NAME, by="first", now=NOON)

    assert claim(NAME, by="first", now=NOON + timedelta(seconds=5))
    assert PeriodicJob.objects.get().runs == 2


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_claim_of_a_message_that_has_ended_is_not_given_again():
    by_a_worker("first")

    assert not claim(NAME, by="first", now=NOON)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_task_that_fails_is_noted_without_the_words_of_the_error():
    def fail():
        raise ValueError("13800000000")

    with pytest.raises(ValueError, match="13800000000"):
        run_slot(NAME, fail, by="first")

    job = PeriodicJob.objects.get()
    assert (job.failed_at, job.finished_at) == (NOON, None)
    line = fail.__code__.co_firstlineno + 1
    assert job.error == f"ValueError in {__name__}:{line}"


@pytest.mark.django_db
def test_task_that_cannot_be_claimed_is_left_out_and_logged(caplog):
    def refuse(execute, sql, *rest):
        if sql.startswith("UPDATE"):
            raise OperationalError("the database is gone")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        assert by_a_worker("first") is None

    assert ran == []
    assert "its slot cannot be claimed" in caplog.text


@pytest.mark.django_db
def test_claim_of_what_beat_does_not_know_is_refused():
    with pytest.raises(ImproperlyConfigured, match="tests.unknown is not in"):
        claim("tests.unknown", by="first", now=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("finished", "failed", "status"),
    [
        (None, None, "never"),
        (4 * MINUTE, None, "ok"),
        (4 * MINUTE + SECOND, None, "late"),
        (4 * MINUTE, 3 * MINUTE, "failed"),
        (3 * MINUTE, 4 * MINUTE, "ok"),
        (None, 3 * MINUTE, "failed"),
    ],
)
def test_heartbeats_tell_how_a_job_does(finished, failed, status):
    finished_at = finished and NOON - finished
    PeriodicJob.objects.create(
        name=NAME, finished_at=finished_at, failed_at=failed and NOON - failed
    )
    PeriodicJob.objects.create(name="tests.of_old", finished_at=NOON)

    assert heartbeats(NOON) == [Heartbeat(NAME, 60, finished_at, status)]


@pytest.mark.django_db
def test_last_heartbeat_is_the_latest_end_of_any_job():
    before = last_heartbeat(NOON)
    PeriodicJob.objects.create(name="one", finished_at=NOON - MINUTE)
    PeriodicJob.objects.create(name="two", failed_at=NOON - MINUTE / 2)

    assert (before, last_heartbeat(NOON)) == (None, 30)
