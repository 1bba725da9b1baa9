"""What was looked at so far, by all workers of a run."""

import fcntl
import os
import tempfile
from hashlib import blake2b
from pathlib import Path

SIZE = 12


class Known:
    """A set that only grows, shared through a file, as digests."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: set[bytes] = set()
        self._read = 0

    def add(self, *things: object) -> bool:
        """Whether any of them was not known to anybody; all are known now."""
        digests = {
            blake2b(repr(one).encode(), digest_size=SIZE).digest() for one in things
        }
        if digests <= self._held:
            return False
        with self._path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(self._read)
            told = file.read()
            self._held |= {told[at : at + SIZE] for at in range(0, len(told), SIZE)}
            fresh = digests - self._held
            file.write(b"".join(fresh))
            self._read += len(told) + len(fresh) * SIZE
        self._held |= fresh
        return bool(fresh)


def known_to_all_workers() -> Known:
    """What this run of the tests knows."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    return Known(Path(tempfile.gettempdir()) / f"looked-at-{run}")
