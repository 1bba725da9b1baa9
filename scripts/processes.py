"""Child processes of a command: started, watched and stopped as one."""

import contextlib
import os
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from scripts.console import Refusal, say
from scripts.layout import ROOT
from scripts.revivals import Revivals
from scripts.run_lock import RunLock

GRACE_SECONDS = 10
LONGEST_LOG = 5_000_000
TICK_SECONDS = 0.05
# Database, photos, mails and logs hold personal data, and VAR_DIR may be anywhere.
OWNER_ONLY = 0o077


class Child:
    """A program in its own process group, its output in a log file."""

    def __init__(
        self, name: str, command: list, process: subprocess.Popen, log: Path, start: int
    ):
        self.name = name
        self.command = command
        self.process = process
        self.log = log
        self.began = time.monotonic()
        self.returns_at: float | None = None
        self._log_start = start

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def last_line(self) -> str:
        """The last words of this start of the program."""
        with open(self.log, "rb") as file:
            file.seek(self._log_start)
            text = file.read().decode("utf-8", errors="replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"

    def failure(self) -> Refusal:
        """The one line about an end nobody asked for."""
        code = self.process.returncode
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return Refusal(
            f"The {self.name} stopped unexpectedly ({how}; log {self.log}): "
            f"{self.last_line}"
        )

    def note(self, line: str) -> None:
        """Add a line of ours to the log."""
        with open(self.log, "a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def end_group(self) -> None:
        """End what the program has started and left behind, and itself."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Children:
    """The programs of one command; leaving the block stops them all.

    `check_stop` is called in every pause and raises when the command is to end.
    All programs hold `lock` as long as they live.
    """

    def __init__(
        self,
        *,
        logs: Path,
        environment: dict[str, str],
        lock: RunLock,
        check_stop: Callable[[], None],
    ):
        self._logs = logs
        self._environment = environment
        self._lock = lock
        self._check_stop = check_stop
        self._children: list[Child] = []
        self._revivals: defaultdict[str, Revivals] = defaultdict(Revivals)

    def __enter__(self):
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_):
        self._stop()

    def start(self, name: str, command: list) -> Child:
        """Start a program in the project folder, with a log of its name."""
        log = self._logs / f"{name.replace(' ', '-')}.log"
        if log.exists() and log.stat().st_size > LONGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        with open(log, "ab", opener=_for_the_owner) as output:
            start = output.tell()
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[self._lock.descriptor],
                umask=OWNER_ONLY,
            )
        self._lock.add_program(process.pid)
        child = Child(name, command, process, log, start)
        self._children.append(child)
        return child

    def finish(self, child: Child) -> None:
        """Wait for a program that is meant to end; refuse when it fails."""
        self._children.remove(child)
        try:
            while child.is_running:
                self.pause(TICK_SECONDS)
        finally:
            if child.is_running:
                self._children.append(child)
        if child.process.returncode:
            raise child.failure()

    def wait_for(
        self, child: Child, is_ready: Callable[[], bool], seconds: int
    ) -> None:
        """Wait for a program to answer; refuse when it takes too long."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if time.monotonic() > deadline:
                raise Refusal(
                    f"The {child.name} did not answer in {seconds} seconds "
                    f"(log {child.log}): {child.last_line}"
                )
            self.pause(TICK_SECONDS)

    def watch(self) -> None:
        """Start again what dies, until it dies too often or the command is to end."""
        while True:
            time.sleep(5 * TICK_SECONDS)
            self._check_stop()
            for child in list(self._children):
                if not child.is_running:
                    self._revive(child)

    def _revive(self, child: Child) -> None:
        """Start a dead program again after its pause; refuse when it dies too often."""
        now = time.monotonic()
        if child.returns_at is None:
            child.end_group()  # its own programs hold the port and the queue
            pause = self._revivals[child.name].pause_after_death(
                lived=now - child.began, now=now
            )
            if pause is None:
                raise child.failure()
            child.returns_at = now + pause
            line = f"{child.failure()}; it is started again in {pause} s."
            say(line)
            child.note(line)
        elif now >= child.returns_at:
            self._children.remove(child)
            self.start(child.name, child.command)

    def pause(self, seconds: float) -> None:
        """Sleep, then look whether all is still as it should be."""
        time.sleep(seconds)
        self._check_stop()
        for child in self._children:
            if not child.is_running:
                raise child.failure()

    def _stop(self) -> None:
        """Ask the programs to end; after the grace end whole process groups."""
        for child in reversed(self._children):
            child.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self._children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
        for child in self._children:
            child.end_group()


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
