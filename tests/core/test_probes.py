"""What /readyz asks of cache, broker, files and migrations."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from kombu.exceptions import OperationalError

from core import probes, readiness

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.mark.django_db
def test_readyz_asks_all_that_the_portal_stands_on():
    response = Client().get("/readyz")

    answers = response.json()
    names = ("database", "migrations", "cache", "broker", "media")
    assert [answers[name]["status"] for name in names] == ["ok"] * 5
    assert set(answers["disk"]) == {"status", "free_mb", "free_percent"}
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machine_page_answers_head_and_refuses_post(path):
    head, post = Client().head(path), Client().post(path)

    assert (head.status_code, head.content, post.status_code) == (200, b"", 405)
    assert "no-store" in head["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.any_database
def test_readyz_of_a_broken_surrounding_is_200_and_tells_no_secret(
    monkeypatch, tmp_path, settings
):
    def refuse(*_args, **_values):
        raise OperationalError("redis://:secret@10.1.2.3")

    asked = {
        "cache": probes.cache_keeps,
        "broker": probes.broker_answers,
        "media": probes.media_folder,
    }
    for name, probe in asked.items():  # without what was answered before
        monkeypatch.setitem(readiness._probes, name, probe)
    monkeypatch.setattr(probes.current_app, "connection_for_write", refuse)
    monkeypatch.setattr(cache, "set", refuse)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.MEDIA_ROOT = str(blocked / "media")

    response = Client().get("/readyz")

    answers = response.json()
    told = [answers[name]["status"] for name in ("cache", "broker", "media")]
    assert (response.status_code, told) == (200, ["down", "down", "read-only"])
    assert "secret" not in response.content.decode()
    assert str(tmp_path) not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.any_database
def test_migration_that_was_not_applied_is_pending():
    row = MigrationRecorder.Migration.objects.filter(app="core").latest("id")
    row.delete()

    assert probes.migrations(NOW) == {"status": "pending", "pending": 1}


def test_disk_with_less_than_the_setting_is_low(settings):
    settings.DISK_FREE_MB = 10**12

    assert probes.disk_space(NOW)["status"] == "low"


def test_probe_is_asked_again_after_its_seconds_or_when_the_clock_went_back():
    asked = []
    probe = probes._kept(lambda now: {"n": asked.append(now)}, seconds=10)

    for seconds in (0, 9, 10, 11, 5):
        probe(NOW + timedelta(seconds=seconds))

    assert [(at - NOW).seconds for at in asked] == [0, 10, 5]
