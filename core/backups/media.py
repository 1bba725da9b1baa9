"""The files of the portal in a backup, and back in their place.

Stored files never change and have names nobody gives twice, so it does not matter
when one is copied. Names that begin with a dot are unfinished work and stay out.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from core.backups.errors import BackupError
from core.backups.manifest import (
    MEDIA,
    Manifest,
    StoredFile,
    copy_synced,
    sync_folder,
)

# Made anew by whoever wants them, kept for days only, and full of personal data.
LEFT_OUT = ["exports"]
FRESH, ASIDE = ".restoring", ".before-restore"


def media_root() -> Path:
    """Where the portal keeps its files."""
    return Path(settings.MEDIA_ROOT)


def names() -> Iterator[str]:
    """The files to keep, by their names in the storage."""
    root = media_root()
    for folder, folders, files in os.walk(root):
        place = Path(folder).relative_to(root)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and str(place / name) not in LEFT_OUT
        )
        for name in sorted(files):
            if not name.startswith("."):
                yield str(place / name)


def size() -> int:
    """Bytes of the files to keep."""
    total = 0
    for name in names():
        try:
            total += (media_root() / name).stat().st_size
        except FileNotFoundError:
            continue  # taken away while we count
    return total


def copy_new(folder: Path, manifest: Manifest) -> None:
    """Copy the files that the backup does not have yet."""
    for name in list(names()):
        kept = f"{MEDIA}/{name}"
        if kept in manifest.files:
            continue
        try:
            manifest.files[kept] = copy_synced(media_root() / name, folder / kept)
        except FileNotFoundError:
            continue  # its row is gone too


def is_empty() -> bool:
    """Whether there is no file to lose."""
    return next(names(), None) is None


def lay_out(folder: Path, manifest: Manifest) -> None:
    """Copy the backup's files beside the present ones, where nobody sees them."""
    fresh = media_root() / FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o750, parents=True)
    for name, expected in media_of(manifest).items():
        target = fresh / name
        if copy_synced(folder / MEDIA / name, target, mode=0o640) != expected:
            raise BackupError(f"{MEDIA}/{name} changed while it was restored.")


@contextmanager
def in_place() -> Iterator[None]:
    """Have the files laid out change places with the present ones over the block.

    When the block fails they change back; else those that were there before go.
    """
    root, fresh, aside = media_root(), media_root() / FRESH, media_root() / ASIDE
    moved, came = [], []
    aside.mkdir(mode=0o700)
    try:
        for entry in [entry for entry in root.iterdir() if entry not in (fresh, aside)]:
            entry.rename(aside / entry.name)
            moved.append(entry)
        for entry in list(fresh.iterdir()):
            entry.rename(root / entry.name)
            came.append(root / entry.name)
        sync_folder(root)
        yield
    except BaseException:
        for entry in came:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        for entry in moved:
            (aside / entry.name).rename(entry)
        aside.rmdir()
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)


def check_no_leftover() -> None:
    """Raises BackupError when a restore was killed with the files half in place."""
    aside = media_root() / ASIDE
    if aside.exists():
        raise BackupError(
            f"{aside} is left over from a restore that was killed: it holds the files "
            "of before. Move them back or away first."
        )


def media_of(manifest: Manifest) -> dict[str, StoredFile]:
    """The files of media by their names in the storage."""
    start = f"{MEDIA}/"
    return {
        name.removeprefix(start): file
        for name, file in manifest.files.items()
        if name.startswith(start)
    }
