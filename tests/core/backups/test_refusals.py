"""What a backup and a restore refuse, before anything is touched."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.backups import (
    BackupDamaged,
    BackupError,
    Manifest,
    prune_backups,
    restore_backup,
    verify_backup,
    write_backup,
)
from core.backups.manifest import NAME, digest_file, save_manifest
from core.backups.writing import DATABASE_FILES

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


def kept(folder, vendor="", **values):
    """A backup made by hand, whole by its digests."""
    vendor = vendor or connection.vendor
    folder.mkdir()
    name = DATABASE_FILES.get(vendor, "database.other")
    (folder / name).write_bytes(b"rows")
    values.setdefault("files", {name: digest_file(folder / name)})
    values.setdefault("audit", {"position": 0, "digest": ""})
    made = Manifest(vendor=vendor, made_at="2026-11-23T04:00:00", portal="9", **values)
    save_manifest(made, folder)
    return folder


def test_backup_into_a_folder_that_exists_is_refused(tmp_path):
    with pytest.raises(BackupError, match="exists already"):
        write_backup(tmp_path, now=NOW)


@pytest.mark.django_db
@pytest.mark.any_database
def test_backup_that_fails_half_way_leaves_nothing(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    Path(settings.MEDIA_ROOT).mkdir()
    unreadable = socket.socket(socket.AF_UNIX)
    unreadable.bind(f"{settings.MEDIA_ROOT}/x.jpg")
    unreadable.close()

    with pytest.raises(BackupError, match="could not be written"):
        write_backup(tmp_path / "kept", now=NOW)

    assert [path.name for path in tmp_path.iterdir()] == ["media"]


def test_folder_without_a_manifest_is_no_whole_backup(tmp_path):
    (kept(tmp_path / "kept") / NAME).unlink()

    with pytest.raises(CommandError, match="no whole backup") as refusal:
        call_command("verify_backup", str(tmp_path / "kept"))

    assert refusal.value.returncode == 3


def test_backup_with_a_file_missing_and_one_too_many_is_damaged(tmp_path):
    folder = kept(tmp_path / "kept")
    next(folder.glob("database.*")).rename(folder / "strange")

    with pytest.raises(BackupDamaged, match=r"database\.\w+ is missing; strange is"):
        verify_backup(folder)


def test_manifest_that_was_changed_is_found(tmp_path):
    folder = kept(tmp_path / "kept")
    (folder / NAME).write_text((folder / NAME).read_text().replace("2026", "2027"))

    with pytest.raises(BackupDamaged, match="was changed after"):
        verify_backup(folder)


def test_manifest_that_leads_out_of_its_folder_is_refused(tmp_path):
    strange = digest_file(Path(__file__))
    folder = kept(tmp_path / "kept", files={"media/../../x": strange})

    with pytest.raises(BackupDamaged, match="outside the backup"):
        verify_backup(folder)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"format": 2}, "format 2; this portal knows format 1"),
        ({"vendor": "oracle"}, "of a oracle database; this portal runs on"),
        ({"migrations": ["core.9999_later"]}, "newer portal .9.*core.9999_later"),
    ],
)
def test_backup_of_another_portal_is_refused(values, words, tmp_path):
    folder = kept(tmp_path / "kept", **values)

    with pytest.raises(BackupError, match=words):
        restore_backup(folder, replace=True)


@pytest.mark.django_db
def test_restore_over_data_is_refused_unless_asked_for(tmp_path):
    with pytest.raises(BackupError, match="database is not empty"):
        restore_backup(kept(tmp_path / "kept"))


def test_prune_keeps_the_newest_and_what_others_put_there(tmp_path):
    names = [f"portal-2026112{day}-021500" for day in range(4)]
    for name in [*names, "by-hand", ".portal-20261120-021500.part-x"]:
        (tmp_path / name).mkdir()

    removed = prune_backups(tmp_path, keep=2)

    left = {path.name for path in tmp_path.iterdir()}
    assert removed == names[:2]
    assert left == {*names[2:], "by-hand", ".portal-20261120-021500.part-x"}
