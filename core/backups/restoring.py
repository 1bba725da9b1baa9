"""Putting a backup in the portal's place, all of it or nothing."""

import shutil
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.backups import media
from core.backups.errors import BackupError
from core.backups.manifest import Manifest
from core.backups.verifying import verify_backup
from core.backups.writing import DATABASE_FILES, SPARE, database


def restore_backup(source: Path, *, replace: bool = False) -> Manifest:
    """Restore database and media from a backup; returns its manifest.

    Everything is verified before anything is touched. Files are laid out beside the
    present ones, then change places with them; the database follows, with its rows
    counted, in one step. When that fails the files go back. Raises BackupError (also
    when the portal holds data and `replace` is not given) or BackupDamaged.
    """
    manifest = verify_backup(source)
    _check_fit(manifest)
    if not replace:
        _check_empty()
    _check_space(manifest)
    media.check_no_leftover()
    try:
        media.lay_out(source, manifest)
        with media.in_place():
            database().restore(source, manifest)
    except OSError as error:
        raise BackupError(f"Nothing was restored: {error}.") from error
    finally:
        connection.close()
    return manifest


def _check_fit(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise BackupError(
            f"The backup is of a {manifest.vendor} database; this portal runs on "
            f"{connection.vendor}. Set DATABASE_URL to a database of that kind."
        )
    if DATABASE_FILES[manifest.vendor] not in manifest.files:
        raise BackupError("The backup holds no database.")
    known = {".".join(node) for node in MigrationLoader(None).graph.nodes}
    unknown = sorted(set(manifest.migrations) - known)
    if unknown:
        raise BackupError(
            f"The backup is of a newer portal ({manifest.portal}): this code does not "
            f"know {unknown[0]} ({len(unknown)} such migrations). Update first."
        )


def _check_empty() -> None:
    if not database().is_empty():
        raise BackupError(
            "The database is not empty. --replace puts the backup in place of what it "
            "holds."
        )
    if not media.is_empty():
        raise BackupError(
            "The media folder is not empty. --replace puts the backup's files in place "
            "of what it holds."
        )


def _check_space(manifest: Manifest) -> None:
    root = media.media_root()
    root.mkdir(parents=True, exist_ok=True)
    sizes = [file.size for file in media.media_of(manifest).values()]
    needed, free = int(sum(sizes) * SPARE), shutil.disk_usage(root).free
    if free < needed:
        raise BackupError(
            f"The files need {needed // 2**20} MB; the disk of the media folder has "
            f"{free // 2**20} MB left."
        )
