"""SQLite in a backup: VACUUM INTO, which reads one moment and keeps nobody waiting."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.db import connection

from core.backups.errors import BackupDamaged, BackupError
from core.backups.figures import count_rows, note_figures, tables_of
from core.backups.manifest import Manifest, copy_synced, sync_folder

COPY = "database.sqlite3"
BESIDE = ("-wal", "-shm")


def size() -> int:
    """Bytes of the database; a copy is not larger."""
    path = _database()
    return path.stat().st_size if path.exists() else 0


def is_empty() -> bool:
    """Whether there is no table yet."""
    path = _database()
    if not path.exists():
        return True
    with _opened(path) as query:
        return not tables_of(query, "sqlite")


def dump(folder: Path, manifest: Manifest) -> None:
    """Write the copy, and what the manifest tells of it."""
    copy = folder / COPY
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    copy.chmod(0o600)
    descriptor = os.open(copy, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    manifest.server = sqlite3.sqlite_version_info[0]
    with _opened(copy) as query:
        note_figures(manifest, query)


def restore(folder: Path, manifest: Manifest) -> None:
    """Put the copy in place of the database, or change nothing.

    The copy is looked through first; the rename that puts it in place is one step.
    """
    database = _database()
    fresh = database.with_name(f".{database.name}.restoring")
    fresh.unlink(missing_ok=True)
    connection.close()
    try:
        copy_synced(folder / COPY, fresh, mode=0o640)
        _check(fresh, manifest)
        _stop_when_in_use(database)
        for ending in BESIDE:  # first: a log must never meet another database
            database.with_name(database.name + ending).unlink(missing_ok=True)
        fresh.replace(database)
        sync_folder(database.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _check(path: Path, manifest: Manifest) -> None:
    with _opened(path) as query:
        if query("PRAGMA integrity_check") != [("ok",)]:
            raise BackupDamaged("The database of the backup is broken inside.")
        counted = {name: count_rows(query, name) for name in manifest.rows}
    if counted != manifest.rows:
        raise BackupDamaged("The rows of a table are not those of the manifest.")


def _stop_when_in_use(database: Path) -> None:
    """Empty the log beside the database; refuse while another process is writing."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=2, isolation_level=None)) as held:
        with suppress(sqlite3.DatabaseError):  # one that is broken is being replaced
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            held.execute("BEGIN EXCLUSIVE")
            held.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise BackupError(
                "The database is in use; stop web and workers first."
            ) from error
        except sqlite3.DatabaseError:
            return


@contextmanager
def _opened(path: Path) -> Iterator:
    """A way to ask the database of a file, which it does not change."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as opened:
        yield lambda sql: opened.execute(sql).fetchall()


def _database() -> Path:
    return Path(connection.settings_dict["NAME"])
