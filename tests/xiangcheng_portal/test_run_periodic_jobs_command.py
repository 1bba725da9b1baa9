"""The periodic jobs without a broker: each slot once, one failure stops no other."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app, shared_task
from django.core.management import CommandError, call_command

from core.models import PeriodicJob
from core.periodic import PeriodicTask, claim, intervals

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)
ran = []


@shared_task(base=PeriodicTask, name="tests.a_failing_job")
def a_failing_job():
    raise ValueError("no room left")


@shared_task(base=PeriodicTask, name="tests.job")
def job():
    ran.append("job")


@shared_task(base=PeriodicTask, name="tests.stopping_job")
def stopping_job():
    ran.append("stopping")
    os.kill(os.getpid(), signal.SIGTERM)


def schedule(settings, *names):
    settings.CELERY_BEAT_SCHEDULE = {
        name: {"task": name, "schedule": 60} for name in names
    }
    ran.clear()


@time_machine.travel(NOON, tick=False)
def test_once_runs_every_job_of_the_portal_a_single_time():
    call_command("run_periodic_jobs", "--once")
    call_command("run_periodic_jobs", "--once")

    jobs = PeriodicJob.objects.filter(name__in=intervals())
    assert sorted(jobs.values_list("name", "runs", "finished_at")) == [
        (name, 1, NOON) for name in sorted(intervals())
    ]


def test_once_leaves_what_a_worker_has_claimed_and_takes_the_next_slot(settings):
    schedule(settings, "tests.job")
    claim("tests.job", by="a worker", now=NOON)

    with time_machine.travel(NOON, tick=False):
        call_command("run_periodic_jobs", "--once")
    before = list(ran)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        call_command("run_periodic_jobs", "--once")

    assert (before, ran) == ([], ["job"])


def test_once_names_what_failed_and_runs_the_rest(settings):
    schedule(settings, "tests.a_failing_job", "tests.job")

    with pytest.raises(CommandError, match="^Failed: tests.a_failing_job.$"):
        call_command("run_periodic_jobs", "--once")

    assert ran == ["job"]


@pytest.mark.django_db(transaction=True)
def test_loop_ends_after_the_job_in_which_it_was_asked_to(settings):
    schedule(settings, "tests.stopping_job", "tests.then_another")
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    try:
        call_command("run_periodic_jobs")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])

    assert ran == ["stopping"]
    assert PeriodicJob.objects.get().finished_at
    assert "tests.then_another" not in current_app.tasks
