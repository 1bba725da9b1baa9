"""What /readyz tells: the database, the heartbeat, what other apps add."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from core import readiness
from core.models import PeriodicJob

pytestmark = pytest.mark.django_db


def ask():
    response = Client().get("/readyz")
    return response.status_code, response.json()


def test_readyz_of_an_empty_portal_answers():
    status, answers = ask()

    assert (status, answers["database"]) == (200, {"status": "ok"})
    assert answers["heartbeat"] == {"status": "late", "age_seconds": None}
    assert answers["outbox"] == {
        "status": "ok",
        "due": 0,
        "oldest_due_seconds": 0,
        "stuck": 0,
        "failed": 0,
    }


@pytest.mark.parametrize(
    ("minutes", "status"), [(1, "ok"), (6, "late")], ids=["ok", "late"]
)
def test_readyz_tells_how_long_ago_a_job_ended(minutes, status, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    PeriodicJob.objects.create(
        name="accounts.sweep", finished_at=now - timedelta(minutes=minutes)
    )

    code, answers = ask()

    heartbeat = {"status": status, "age_seconds": minutes * 60}
    assert (code, answers["heartbeat"]) == (200, heartbeat)


def test_readyz_goes_on_when_a_probe_fails(monkeypatch):
    def fail(now):
        raise ValueError("示例人员")

    monkeypatch.setitem(readiness._probes, "outbox", fail)

    code, answers = ask()

    assert (code, answers["outbox"]) == (200, {"status": "unknown"})
    assert answers["heartbeat"]["status"] == "late"


def test_readyz_says_that_the_database_is_down(monkeypatch, caplog):
    def refuse(*args):
        raise OperationalError("no server")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        answer = ask()

    assert answer == (503, {"database": {"status": "down"}})
    assert "does not answer: OperationalError" in caplog.text
    assert "no server" not in caplog.text


def test_probe_of_a_name_that_is_taken_is_refused():
    with pytest.raises(ValueError, match="outbox"):
        readiness.register_probe("outbox", readiness.heartbeat)
