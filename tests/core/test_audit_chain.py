"""The chain of seals, and the command that walks it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core import audit, audit_chain
from core.models import AuditEntry, AuditSeal
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


def write_lines(count):
    person = UserFactory()
    return [
        audit.record("accounts.user_changed", target=person, by=None, fields=["skills"])
        for _ in range(count)
    ]


@pytest.fixture
def sealed():
    """Three sealed lines, and the database as its owner may bend it."""
    lines = write_lines(3)
    audit_chain.seal_new(timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    return lines


def refusal(**options):
    with pytest.raises(CommandError) as caught:
        call_command("verify_audit", **options)
    return str(caught.value), caught.value.returncode


def test_chain_over_unbent_lines_is_whole(sealed, capsys):
    call_command("verify_audit")

    position, digest = audit_chain.head()
    assert capsys.readouterr().out.splitlines() == [
        "Checked 3 rows.",
        f"Head {position} {digest}",
        "The chain is whole.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"actor_id": 7},
        {"actor_name": "另一人"},
        {"verb": "accounts.user_created"},
        {"data": {"fields": ["phone"]}},
        {"at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"origin": "198.51.100.7"},
        {"request_id": "0" * 16},
        {"target_id": 999_999},
        {"target_name": "另一条"},
        {"target_type": "core.Other"},
        {"parent_id": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_line_is_the_first_broken_row(sealed, change):
    AuditEntry.objects.filter(pk=sealed[1].pk).update(**change)

    assert refusal() == (f"Broken at seal 2, row {sealed[1].pk}: changed.", 1)
    AuditEntry.objects.filter(pk=sealed[1].pk).update(parent_id=None)


def test_deleted_line_is_the_first_broken_row(sealed):
    AuditEntry.objects.filter(pk=sealed[1].pk)._raw_delete("default")

    assert refusal() == (f"Broken at seal 2, row {sealed[1].pk}: line missing.", 1)


def test_deleted_seal_is_found(sealed):
    AuditSeal.objects.filter(position=2)._raw_delete("default")

    assert refusal() == ("Broken at seal 2: seal missing.", 1)


@pytest.mark.parametrize(
    "change", [{"digest": "0" * 64}, {"sealed_at": NOW}], ids=["digest", "time"]
)
def test_changed_seal_is_found(sealed, change):
    AuditSeal.objects.filter(position=2).update(**change)

    assert refusal() == (f"Broken at seal 2, row {sealed[1].pk}: changed.", 1)


def test_line_that_is_never_sealed_is_found(sealed):
    (line,) = write_lines(1)
    AuditEntry.objects.filter(pk=line.pk).update(
        at=timezone.now() - timedelta(minutes=16)
    )

    assert refusal() == (f"1 rows were never sealed, the first is row {line.pk}.", 2)


def test_chain_made_anew_does_not_hold_the_head_noted_before(sealed):
    noted = audit_chain.head().digest
    call_command("verify_audit", head=noted)
    AuditEntry.objects.filter(pk=sealed[0].pk).update(actor_id=7)
    AuditSeal.objects.all().delete()
    audit_chain.seal_new(timezone.now())
    call_command("verify_audit")

    assert refusal(head=noted) == ("The head given is not in the chain.", 3)


@pytest.fixture
def late_line():
    """A line that commits after one with a higher number was sealed."""
    (line,) = write_lines(1)
    line.pk += 100
    line.save(force_insert=True)
    audit_chain.seal_new(timezone.now())
    line.pk -= 50
    line.save(force_insert=True)
    return line


def test_line_that_commits_after_higher_numbers_is_sealed_later(late_line):
    assert audit_chain.seal_new(timezone.now()) == 1

    assert AuditSeal.objects.latest("position").entry == late_line.pk
    assert audit_chain.verify().fault is None


def test_line_that_commits_hours_later_is_sealed_by_the_days_search(late_line):
    later = timezone.now() + timedelta(hours=5)
    write_lines(1)
    audit_chain.seal_new(later)
    late_line.pk -= 1
    late_line.save(force_insert=True)
    assert audit_chain.seal_new(later) == 0

    assert audit_chain.seal_forgotten(later) == 1
    assert audit_chain.verify() == (5, audit_chain.head(), None, True)


def test_log_longer_than_a_batch_is_sealed_in_one_run(monkeypatch):
    monkeypatch.setattr(audit_chain, "BATCH", 2)
    write_lines(5)

    assert audit_chain.seal_new(timezone.now()) == 5
    assert audit_chain.verify().checked == 5


def test_digest_is_the_same_on_every_database_and_day():
    row = (7, NOW, "core.x_changed", None, "系统", "core.X", 3, "名称",
           {"b": 2.0, "a": [None, "一"]}, "", "worker", None)  # fmt: skip
    beijing = NOW.astimezone(timezone.get_fixed_timezone(480))

    digest = audit_chain.digest_of("", 1, beijing, row)

    assert digest == audit_chain.digest_of(
        "", 1, NOW, (*row[:8], {"a": [None, "一"], "b": 2}, *row[9:])
    )
    assert digest == "1ec08d720026b3e6a4c5cb3ed6982745338a91aa124d6e627ae6f6c9c0f4b3bf"


def test_readiness_tells_how_long_the_oldest_line_waits(settings):
    settings.BEAT_SECONDS = 60
    (line,) = write_lines(1)
    answers = [
        audit_chain.probe(line.at + timedelta(seconds=seconds)) for seconds in (9, 301)
    ]
    audit_chain.seal_new(timezone.now())

    assert answers == [
        {"status": "ok", "age_seconds": 9},
        {"status": "late", "age_seconds": 301},
    ]
    assert audit_chain.probe(line.at + timedelta(days=1))["age_seconds"] == 0
