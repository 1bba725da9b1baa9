"""Two workers and two clicks at once."""

import pytest
from django.utils import timezone

from accounts import exports
from accounts.exports import cancel_export, claim_next, request_export, run_due_exports
from accounts.models import ExportJob
from core.errors import RuleError
from tests.accounts.export_makers import ExampleMaker, register
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_claim_next_of_two_workers_gives_a_job_to_one():
    ExportJobFactory()
    now = timezone.now()

    with before_commit_of(lambda: claim_next(now)) as start:
        other = start(lambda: claim_next(now))

    assert other.result() is None
    assert ExportJob.objects.get().attempts == 1


def test_request_export_clicked_twice_makes_one_job(monkeypatch):
    register(monkeypatch, ExampleMaker())
    owner = UserFactory()

    def ask():
        request_export(owner=owner, kind="example", parameters={})

    with before_commit_of(ask) as start:
        second = start(ask)

    assert isinstance(second.exception(), RuleError)
    assert ExportJob.objects.count() == 1


def test_finishing_waits_for_a_cancellation_and_keeps_no_file(
    monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    maker = register(monkeypatch, ExampleMaker())
    job = ExportJobFactory()
    claimed = claim_next(timezone.now())
    monkeypatch.setattr(exports, "claim_next", lambda now: claimed)
    # The progress is written before; only the last step meets the cancellation.
    monkeypatch.setattr(exports._Progress, "__call__", lambda self, done: None)

    with before_commit_of(lambda: cancel_export(job=job, by=job.owner)) as start:
        worker = start(lambda: run_due_exports(now=timezone.now()))

    worker.result()
    job.refresh_from_db()
    assert len(maker.written) == 1
    assert job.state == "cancelled"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
