"""A backup put back is the portal as it was, on both databases."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from accounts.models import User
from core import audit
from core.audit_chain import head, seal_new
from core.backups import BackupDamaged, restore_backup, restoring, write_backup
from core.models import AuditEntry
from tests.factories.accounts import UserFactory

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
PHOTO = b"\xff\xd8\xff photo"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    photo = Path(settings.MEDIA_ROOT, "evidence", "ab", "ab12.jpg")
    photo.parent.mkdir(parents=True)
    photo.write_bytes(PHOTO)
    export = Path(settings.MEDIA_ROOT, "exports", "cd", "cd34")
    export.parent.mkdir(parents=True)
    export.write_bytes(b"names and telephones")
    photo.with_name(".half.jpg.part").write_bytes(b"half")
    return photo


@pytest.fixture
def elsewhere(tmp_path):
    """Points the portal at an empty database of the same kind for the test's rest."""
    name = connection.settings_dict["NAME"]
    other = str(tmp_path / "other.sqlite3")
    if connection.vendor == "postgresql":
        other = f"{name}_restored"
        _execute(f'CREATE DATABASE "{other}"')

    def move():
        connection.close()
        connection.settings_dict["NAME"] = other

    yield move
    connection.close()
    connection.settings_dict["NAME"] = name
    if connection.vendor == "postgresql":
        _execute(f'DROP DATABASE "{other}" WITH (FORCE)')


def _execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_restored_portal_is_the_one_that_was_kept(media, elsewhere, tmp_path, capsys):
    person = UserFactory(display_name="示例人员：林𠀀")
    audit.record("accounts.user_tested", target=person, by=None)
    manifest = write_backup(tmp_path / "kept", now=NOW)
    elsewhere()
    shutil.rmtree(media.parents[2])

    call_command("restore", str(tmp_path / "kept"))

    assert "every count is the manifest's" in capsys.readouterr().out
    assert User.objects.get().display_name == "示例人员：林𠀀"
    assert media.read_bytes() == PHOTO
    assert [path.name for path in media.parents[2].iterdir()] == ["evidence"]
    assert manifest.rows["core_auditentry"] == AuditEntry.objects.count() == 1
    assert UserFactory().pk > person.pk
    with pytest.raises(DatabaseError, match="only grows"):
        AuditEntry.objects.update(verb="x.forged")
    call_command("restore", str(tmp_path / "kept"), "--replace")
    assert User.objects.count() == 1


def test_restore_that_fails_in_the_database_leaves_all_as_it_was(
    media, elsewhere, tmp_path, monkeypatch
):
    write_backup(tmp_path / "kept", now=NOW)
    elsewhere()
    shutil.rmtree(media.parents[2])
    restore_backup(tmp_path / "kept")
    UserFactory(display_name="示例新人")
    media.with_name("later.jpg").write_bytes(b"later")
    _claim_other_rows(monkeypatch)

    with pytest.raises(Exception, match="rows of a table"):
        restore_backup(tmp_path / "kept", replace=True)

    assert User.objects.get().display_name == "示例新人"
    assert media.with_name("later.jpg").read_bytes() == b"later"
    assert [path.name for path in media.parents[2].iterdir()] == ["evidence"]


def _claim_other_rows(monkeypatch):
    true = restoring.verify_backup

    def claim(source):
        manifest = true(source)
        manifest.rows["accounts_user"] += 1
        return manifest

    monkeypatch.setattr(restoring, "verify_backup", claim)


def test_backup_tells_rows_migrations_and_end_of_the_audit_log(media, tmp_path):
    audit.record("accounts.user_tested", target=UserFactory(), by=None)
    seal_new(NOW)

    manifest = write_backup(tmp_path / "kept", now=NOW)

    assert manifest.audit == head()._asdict()
    assert manifest.audit["position"] == 1
    assert manifest.rows["accounts_user"] == 1
    assert "core.0001_initial" in manifest.migrations


def test_backup_is_for_its_owner_alone(media, tmp_path):
    write_backup(tmp_path / "kept", now=NOW)

    paths = [tmp_path / "kept", *(tmp_path / "kept").rglob("*")]
    modes = {path.stat().st_mode & 0o777 for path in paths}
    assert modes == {0o700, 0o600}
    assert "exports" not in "".join(map(str, paths))


def test_broken_byte_is_found_before_anything_is_touched(media, tmp_path):
    write_backup(tmp_path / "kept", now=NOW)
    (name,) = (tmp_path / "kept").glob("database.*")
    content = bytearray(name.read_bytes())
    content[len(content) // 2] ^= 1
    name.write_bytes(content)

    with pytest.raises(BackupDamaged, match=f"{name.name} was changed"):
        restore_backup(tmp_path / "kept", replace=True)

    assert media.read_bytes() == PHOTO
