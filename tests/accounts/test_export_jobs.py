"""Large files: claimed, made, told of, taken away."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts import exports, tasks
from accounts.exports import (
    cancel_export,
    claim_next,
    expire_exports,
    request_export,
    run_due_exports,
)
from accounts.models import ExportJob, Notification
from core.errors import RuleError
from core.models import AuditEntry
from tests.accounts.export_makers import (
    ExampleMaker,
    FailingMaker,
    RefusingMaker,
    register,
)
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory

pytestmark = pytest.mark.django_db
LEASE_OVER = exports.LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(exports, "PROGRESS_SECONDS", 0)
    return tmp_path


@pytest.fixture
def maker(monkeypatch):
    return register(monkeypatch, ExampleMaker())


def stored(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_request_export_of_a_second_file_is_refused(maker):
    owner = UserFactory()
    request_export(owner=owner, kind="example", parameters={})

    with pytest.raises(RuleError, match="正在进行"):
        request_export(owner=owner, kind="example", parameters={})

    assert ExportJob.objects.count() == 1


def test_request_export_after_a_finished_one_is_taken(maker):
    job = ExportJobFactory(state="done")

    request_export(owner=job.owner, kind="example", parameters={})

    assert ExportJob.objects.filter(owner=job.owner).count() == 2


def test_run_due_exports_keeps_the_file_and_tells_its_owner(maker):
    job = ExportJobFactory()

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.done, job.size) == ("done", 3, 3)
    with default_storage.open(job.file) as file:
        assert file.read() == b"aaa"
    [message] = Notification.objects.filter(recipient=job.owner)
    assert (message.title, message.path) == ("导出完成：示例导出", "/exports/")


def test_run_due_exports_writes_how_many_rows_left_the_house(maker):
    job = ExportJobFactory()

    run_due_exports(now=timezone.now())

    line = AuditEntry.objects.get(verb="accounts.export_job_exported")
    assert (line.target_id, line.data["rows"]) == (job.pk, 3)


def test_run_due_exports_without_the_right_fails_with_the_reason(monkeypatch, storage):
    register(monkeypatch, RefusingMaker())
    job = ExportJobFactory()

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "您已没有这个党组织的导出权限。")
    assert stored(storage) == []


def test_run_due_exports_of_a_blocked_person_fails(maker):
    job = ExportJobFactory(owner__is_active=False)

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, maker.written) == ("failed", [])


def test_run_due_exports_after_a_surprise_tries_again_three_times(
    monkeypatch, storage, caplog
):
    register(monkeypatch, FailingMaker())
    job = ExportJobFactory()
    states = []

    for minute in (0, 2, 4):
        now = timezone.now() + timedelta(minutes=minute)
        with caplog.at_level(logging.CRITICAL):
            run_due_exports(now=now)
        job.refresh_from_db()
        states.append((job.state, job.attempts))

    assert states == [("running", 1), ("running", 2), ("failed", 3)]
    assert stored(storage) == []


def test_claim_next_leaves_a_job_whose_worker_lives(maker):
    now = timezone.now()
    ExportJobFactory(state="running", attempts=1, claimed_at=now - exports.LEASE)

    assert claim_next(now) is None


def test_claim_next_takes_over_from_a_dead_worker_and_clears_its_rest(storage):
    now = timezone.now()
    job = ExportJobFactory()
    dead = claim_next(now)
    rest = storage / dead.file
    rest.parent.mkdir(parents=True)
    rest.with_name(f".{rest.name}.part").write_text("half")

    taken = claim_next(now + LEASE_OVER)

    assert (taken.pk, taken.attempts) == (job.pk, 2)
    assert taken.file != dead.file
    assert stored(storage) == []


def test_claim_next_gives_up_a_job_that_killed_three_workers():
    now = timezone.now()
    job = ExportJobFactory(state="running", attempts=3, claimed_at=now - LEASE_OVER)

    assert claim_next(now) is None

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "多次未能完成。请缩小范围再试。")


def test_run_due_exports_of_a_worker_that_woke_up_late_keeps_nothing(
    monkeypatch, storage
):
    job = ExportJobFactory()
    later = timezone.now() + LEASE_OVER
    register(monkeypatch, ExampleMaker(between=lambda: claim_next(later)))

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.attempts, stored(storage)) == ("running", 2, [])
    assert job.claimed_at == later  # the claim of the other one is left alone


def test_cancel_export_stops_the_worker_at_its_next_step(monkeypatch, storage):
    job = ExportJobFactory()
    by = job.owner
    register(monkeypatch, ExampleMaker(between=lambda: cancel_export(job=job, by=by)))

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.done, stored(storage)) == ("cancelled", 0, [])


def test_cancel_export_of_a_finished_one_is_refused():
    job = ExportJobFactory(state="done")

    with pytest.raises(RuleError, match="已完成"):
        cancel_export(job=job, by=job.owner)


def test_cancelled_in_the_last_moment_keeps_no_file(monkeypatch, storage):
    job = ExportJobFactory()
    monkeypatch.setattr(exports, "PROGRESS_SECONDS", 60)
    by = job.owner
    register(monkeypatch, ExampleMaker(between=lambda: cancel_export(job=job, by=by)))

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, stored(storage)) == ("cancelled", [])


def test_expire_exports_removes_the_file_when_its_days_are_over(
    maker, settings, storage
):
    job = ExportJobFactory()
    run_due_exports(now=timezone.now())
    days = timedelta(days=settings.EXPORT_KEPT_DAYS)

    early = expire_exports(timezone.now() + days - timedelta(minutes=1))
    due = expire_exports(timezone.now() + days + timedelta(minutes=1))

    job.refresh_from_db()
    assert (early, due, job.state, stored(storage)) == (0, 1, "expired", [])


def test_expire_exports_clears_what_a_killed_worker_left_of_a_cancelled_one(storage):
    job = ExportJobFactory()
    claimed = claim_next(timezone.now())
    rest = storage / claimed.file
    rest.parent.mkdir(parents=True)
    rest.with_name(f".{rest.name}.part").write_text("half")
    cancel_export(job=job, by=job.owner)

    expire_exports(timezone.now() + LEASE_OVER)

    job.refresh_from_db()
    assert (job.file, stored(storage)) == ("", [])


def test_progress_is_written_at_most_once_a_second(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(exports, "PROGRESS_SECONDS", 1.0)
    ExportJobFactory()
    job = claim_next(timezone.now())
    progress = exports._Progress(job)

    with django_assert_num_queries(1):
        for done in range(100):
            progress(done)


def test_progress_renews_the_claim():
    ExportJobFactory()
    long_ago = timezone.now() - timedelta(minutes=9)
    job = claim_next(long_ago)

    exports._Progress(job)(2)

    job.refresh_from_db()
    assert job.done == 2
    assert job.claimed_at > long_ago + timedelta(minutes=8)


def test_run_due_exports_counts_what_was_written_not_what_was_expected(maker):
    job = ExportJobFactory(total=9)

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    line = AuditEntry.objects.get(verb="accounts.export_job_exported")
    assert (job.done, job.total, line.data["rows"]) == (3, 3, 3)


def test_look_for_exports_rings_for_what_waits_or_died(monkeypatch):
    rung = []
    monkeypatch.setattr(tasks, "ring", rung.append)
    tasks.look_for_exports()
    ExportJobFactory(state="running", claimed_at=timezone.now() - LEASE_OVER)

    tasks.look_for_exports()

    assert rung == ["accounts.run_exports"]
