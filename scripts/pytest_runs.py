"""Runs of pytest, stopped as a whole when the command is stopped."""

import contextlib
import os
import signal
import subprocess

from scripts.console import Refusal, say
from scripts.layout import PYTHON, ROOT

GRACE_SECONDS = 30
NOTHING_COLLECTED = 5


def ensure_tests_pass(
    title: str, arguments: list[str], environment: dict[str, str], *, may_be_empty: bool
) -> None:
    """Run pytest; refuse without a word of our own when a test fails."""
    say(f"\n== {title}")
    pytest = subprocess.Popen(
        [PYTHON, "-m", "pytest", *arguments],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        code = pytest.wait()
    except BaseException:
        _interrupt(pytest)
        raise
    if code == NOTHING_COLLECTED and may_be_empty:
        return
    if code:
        raise TestsFailed


class TestsFailed(Refusal):
    """pytest has said all there is to say."""


def _interrupt(pytest: subprocess.Popen) -> None:
    """Let fixtures stop what they started, then end what is left."""
    pytest.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        pytest.wait(GRACE_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pytest.pid, signal.SIGKILL)
    pytest.wait()
