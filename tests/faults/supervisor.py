"""Keeps a program running as systemd would: Restart=always, RestartSec=1.

What a dead program leaves behind is ended before it starts again (KillMode=
control-group). The program has a process group of its own.
"""

import contextlib
import os
import random
import signal
import subprocess
import threading
from pathlib import Path

from scripts.layout import ROOT

RESTART_SECONDS = 1
STOP_SECONDS = 15


class Supervised:
    """A program that comes back when it dies; stopped at the end of the block."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path):
        self.command, self.environment, self.log = command, environment, log
        self.starts = 0
        self._ending = threading.Event()
        self._watcher = threading.Thread(target=self._watch)
        self.process = self._start()

    def __enter__(self) -> "Supervised":
        self._watcher.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._ending.set()
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            kill_group(self.process.pid)
        self._watcher.join()
        kill_group(self.process.pid)

    def kill(self, how: str, chance: random.Random) -> int:
        """kill -9; returns how many processes that can send were killed.

        `group` hits all at once, `main` the parent alone (the supervisor ends the
        rest), `child` one of its children.
        """
        pid = self.process.pid
        children = children_of(pid)
        if how == "child" and children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)
            return 1
        if how == "main":
            self.process.kill()
        else:
            kill_group(pid)
        return len(children)

    def freeze(self) -> None:
        """Stop all its processes where they are."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.killpg(self.process.pid, signal.SIGCONT)

    def _start(self) -> subprocess.Popen:
        self.starts += 1
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _watch(self) -> None:
        while True:
            self.process.wait()
            if self._ending.is_set():
                return
            kill_group(self.process.pid)
            if self._ending.wait(RESTART_SECONDS):
                return
            self.process = self._start()
            if self._ending.is_set():
                self.process.terminate()


def kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    """The processes started by this one."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [map(int, line.split()) for line in listing.splitlines()]
    return [child for child, parent in pairs if parent == pid]
