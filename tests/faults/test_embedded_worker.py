"""`make run`: its worker is killed, and reminders go on without hands, on SQLite."""

import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from tests.faults.portal import wait_until
from tests.faults.rows import Rows
from tests.faults.supervisor import children_of
from tests.live.servers import free_port, portal_environment, run_python
from tests.live.stack import Stack, embedded_stack

PEOPLE = 20
# The moment of its first reminder has just come; the planner runs already.
STARTS_IN = 48 * 3600
RECOVERY_SECONDS = 120


def test_worker_of_make_run_killed_comes_back_and_reminds(tmp_path, figures):
    with embedded_stack(tmp_path / "var") as stack:
        url = f"sqlite:///{stack.database}"
        environment = portal_environment(url, tmp_path, free_port())
        program = ["-m", "tests.faults.data", "signups", str(PEOPLE), str(STARTS_IN)]
        run_python(program, environment)
        _wait_for_mails(stack, PEOPLE)
        killed = _worker_of(stack)
        os.killpg(killed, signal.SIGKILL)
        kill = time.monotonic()
        run_python(program, environment)
        _wait_for_mails(stack, 2 * PEOPLE)
        seconds = time.monotonic() - kill
        mails = _mails(stack)
        inbox = Rows(url).inbox("shift_reminder")
        came_back = _worker_of(stack)

    figures("reminders sent before and after the kill", sum(mails.values()))
    figures("seconds from the kill to all sent", f"{seconds:.0f}")
    assert came_back != killed
    assert (len(mails), set(mails.values())) == (2 * PEOPLE, {1})
    assert set(inbox.values()) == {1}


def _wait_for_mails(stack: Stack, count: int) -> None:
    wait_until(
        lambda: len(_mails(stack)) >= count,
        seconds=RECOVERY_SECONDS,
        what=f"{count} people reminded",
    )


def _mails(stack: Stack) -> Counter[str]:
    """How many mails lie in the outbox for each of the people of the test."""
    files = stack.outbox.iterdir() if stack.outbox.exists() else []
    return Counter(
        line.removeprefix("To: ")
        for file in files
        for line in _text(file).splitlines()
        if line.startswith("To: fault-")
    )


def _text(file: Path) -> str:
    return file.read_text(errors="replace")


def _worker_of(stack: Stack) -> int:
    """The process that leads the worker's group."""
    [worker] = [pid for pid in children_of(stack.pid) if "celery" in _words(pid)]
    return worker


def _words(pid: int) -> str:
    command = ["ps", "-o", "args=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True).stdout
