"""Runs of pytest, stopped as a whole when the command is stopped."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import IO

from scripts.console import Refusal, say
from scripts.layout import PYTHON, ROOT

GRACE_SECONDS = 30
NOTHING_COLLECTED = 5


class TestsFailed(Refusal):
    """pytest has said all there is to say."""


def ensure_tests_pass(
    title: str, arguments: list[str], environment: dict[str, str], *, may_be_empty: bool
) -> None:
    """Run pytest; refuse without a word of our own when a test fails."""
    say(f"\n== {title}")
    with _running(arguments, environment) as pytest:
        code = pytest.wait()
    _judge(code, may_be_empty=may_be_empty)


@contextlib.contextmanager
def tests_beside(
    title: str, arguments: list[str], environment: dict[str, str], *, may_be_empty: bool
) -> Iterator[None]:
    """Run pytest beside what the block does; say its words afterwards, and refuse.

    For tests that wait for programs most of the time. A block that fails ends them.
    """
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as words,
        _running(arguments, environment, words) as pytest,
    ):
        yield
        code = pytest.wait()
        say(f"\n== {title}")
        words.seek(0)
        shutil.copyfileobj(words, sys.stdout)
        sys.stdout.flush()
    _judge(code, may_be_empty=may_be_empty)


@contextlib.contextmanager
def _running(
    arguments: list[str], environment: dict[str, str], words: IO | None = None
) -> Iterator[subprocess.Popen]:
    pytest = subprocess.Popen(
        [PYTHON, "-m", "pytest", *arguments],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=words,
        stderr=words and subprocess.STDOUT,
    )
    try:
        yield pytest
    except BaseException:
        _interrupt(pytest)
        raise


def _judge(code: int, *, may_be_empty: bool) -> None:
    if code and not (code == NOTHING_COLLECTED and may_be_empty):
        raise TestsFailed


def _interrupt(pytest: subprocess.Popen) -> None:
    """Let fixtures stop what they started, then end what is left."""
    pytest.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        pytest.wait(GRACE_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pytest.pid, signal.SIGKILL)
    pytest.wait()
