"""What the project's tasks, settings and calls of Celery may look like."""

import re
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings

from communities.admin.job_names import JOBS
from core.periodic import PeriodicTask, intervals

APPS = ["accounts", "campaigns", "communities", "core", "reports", "volunteers"]
# What a broker holds back for long is lost or doubled; beat claims what is due.
HELD_BACK = re.compile(r"\b(eta|countdown)\s*=|\.(apply_async|delay)\(")

current_app.loader.import_default_modules()


def held_back(text):
    """The lines that hand the broker more than a ring."""
    return [line for line in text.splitlines() if HELD_BACK.search(line)]


@pytest.mark.parametrize("name", sorted(intervals()))
def test_every_job_of_beat_exists_and_claims_its_slot(name):
    assert isinstance(current_app.tasks[name], PeriodicTask)


def test_every_periodic_task_is_a_job_of_beat():
    periodic = {
        name
        for name, task in current_app.tasks.items()
        if isinstance(task, PeriodicTask) and not name.startswith("tests.")
    }

    assert periodic == set(intervals())


def test_every_periodic_job_and_no_other_has_a_name_for_the_office():
    assert set(JOBS) == set(intervals())


def test_no_app_leaves_waiting_to_the_broker():
    found = [
        (str(path), line)
        for app in APPS
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        for line in held_back(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "task.apply_async((1,), eta=moment)",
        "task.apply_async(countdown = 60)",
        "transaction.on_commit(task.delay())",
        "send_task(name, eta =later)",
    ],
)
def test_waiting_left_to_the_broker_is_found(line):
    assert held_back(line) == [line]


def test_a_message_given_twice_is_rarer_than_a_task_is_long():
    conf = current_app.conf
    options = conf.broker_transport_options

    assert options["visibility_timeout"] > conf.task_time_limit
    assert max(options["socket_timeout"], options["socket_connect_timeout"]) <= 2
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.broker_connection_max_retries is None
