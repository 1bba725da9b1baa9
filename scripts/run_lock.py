"""One run per checkout: a lock the run and its programs hold together."""

import contextlib
import fcntl
import os
from pathlib import Path

from scripts.console import Refusal


class RunLock:
    """A locked file under var/ that tells who holds it: the run, then its programs.

    The programs inherit the descriptor, so the lock outlives a killed launcher
    until its last program is gone.
    """

    def __init__(self, var: Path, port: int):
        """Take the lock; refuse while another run holds it."""
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.descriptor = os.open(var / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refusal = _refusal(os.read(self.descriptor, 100_000).decode().split())
            os.close(self.descriptor)
            raise refusal from None
        os.ftruncate(self.descriptor, 0)
        self._note(port)
        self._note(os.getpid())

    def add_program(self, process_id: int) -> None:
        """Note a program that holds the lock too."""
        self._note(process_id)

    def release(self) -> None:
        """Let go; programs that inherited the lock go on holding it."""
        os.close(self.descriptor)

    def _note(self, number: int) -> None:
        os.write(self.descriptor, f"{number}\n".encode())


def _refusal(notes: list[str]) -> Refusal:
    port, launcher, *programs = notes or ["?", "0"]
    if _is_alive(launcher):
        return Refusal(
            f"The portal already runs in this checkout "
            f"(port {port}, process {launcher})."
        )
    alive = [number for number in programs if _is_alive(number)]
    return Refusal(
        "Programs of an earlier run are still alive; end them first: kill "
        f"{' '.join(alive)}"
    )


def _is_alive(number: str) -> bool:
    with contextlib.suppress(ProcessLookupError, ValueError):
        os.kill(int(number), 0)
        return True
    return False
