"""Writing a backup: under a name of its own until it is whole."""

import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from django.db import connection

from core.backups import media, postgresql, sqlite
from core.backups.errors import BackupError
from core.backups.figures import portal_version
from core.backups.manifest import (
    Manifest,
    digest_file,
    save_manifest,
    sync_folder,
)

DATABASES = {"postgresql": postgresql, "sqlite": sqlite}
DATABASE_FILES = {"postgresql": postgresql.DUMP, "sqlite": sqlite.COPY}
PREFIX = "portal-"
_NAME = re.compile(rf"{PREFIX}\d{{8}}-\d{{6}}")
# What a copy needs beyond the bytes it copies.
SPARE = 1.1


def database() -> ModuleType:
    """How the portal's kind of database is kept."""
    return DATABASES[connection.vendor]


def write_backup(target: Path, *, now: datetime) -> Manifest:
    """Write a backup to a folder that does not exist yet; returns its manifest.

    Files are copied before the database is read and once more after it: a row is
    written after its file, so every file a row of the backup names is in it, unless
    it came and went while the backup ran. More files than rows do no harm. Raises
    BackupError, and then leaves nothing behind.
    """
    target = target.absolute()
    if target.exists() or target.is_symlink():
        raise BackupError(f"{target} exists already; a backup never replaces another.")
    if not target.parent.is_dir():
        raise BackupError(f"The folder {target.parent} does not exist.")
    _check_space(target.parent)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.part-", dir=target.parent))
    try:
        manifest = _fill(part, now)
        sync_folder(part)
        if target.exists():
            raise BackupError(f"{target} has appeared meanwhile.")
        part.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise BackupError(f"The backup could not be written: {error}.") from error
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return manifest


def _fill(part: Path, now: datetime) -> Manifest:
    manifest = Manifest(
        vendor=connection.vendor,
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        portal=portal_version(),
        left_out=list(media.LEFT_OUT),
    )
    media.copy_new(part, manifest)
    database().dump(part, manifest)
    media.copy_new(part, manifest)
    name = DATABASE_FILES[connection.vendor]
    manifest.files[name] = digest_file(part / name)
    save_manifest(manifest, part)
    return manifest


def _check_space(folder: Path) -> None:
    needed = int((media.size() + database().size()) * SPARE)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"The backup may need {needed // 2**20} MB; {folder} has "
            f"{free // 2**20} MB left."
        )


def name_of(now: datetime) -> str:
    """The name of a backup in a folder of many: "portal-20261123-021500" (UTC)."""
    return f"{PREFIX}{now.astimezone(UTC):%Y%m%d-%H%M%S}"


def prune_backups(folder: Path, *, keep: int) -> list[str]:
    """Remove all but the newest `keep` backups that name_of named; their names."""
    found = sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name))
    old = found[:-keep]
    for name in old:
        shutil.rmtree(folder / name)
    return old
