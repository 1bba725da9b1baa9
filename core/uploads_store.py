"""Large files of our own making: written piece by piece, named when complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files.storage import default_storage


@contextmanager
def private_writer(name: str) -> Iterator[Path]:
    """A path to write to; the private storage has the file under `name` afterwards.

    The name appears only when everything is on the disk; write the row that names the
    file after the block. When the block raises, nothing stays. What a process that
    was killed has left behind `discard_unfinished` takes away.
    """
    final = Path(default_storage.path(name))
    final.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(final)
    try:
        temporary.touch(mode=0o600, exist_ok=False)
        yield temporary
        _sync(temporary)
        temporary.rename(final)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync(final.parent)


def discard_unfinished(name: str) -> None:
    """Remove what a killed process had written of a file, if anything."""
    _temporary(Path(default_storage.path(name))).unlink(missing_ok=True)


def _temporary(final: Path) -> Path:
    return final.with_name(f".{final.name}.part")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
