import contextlib
import os
import signal
import sys
import time

import pytest

from scripts import processes, revivals
from scripts.console import Refusal
from scripts.processes import Children
from scripts.run_lock import RunLock

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def children(tmp_path):
    lock = RunLock(tmp_path, port=8123)
    yield Children(
        logs=tmp_path / "log",
        environment=dict(os.environ),
        lock=lock,
        check_stop=lambda: None,
    )
    lock.release()


def python(code):
    return [sys.executable, "-c", code]


def test_children_left_block_are_stopped(children):
    with children:
        child = children.start("sleeper", SLEEP)
        assert child.is_running

    assert child.process.returncode == -15


def test_files_of_children_are_for_the_owner_only(children, tmp_path):
    written = tmp_path / "written"
    code = f"open({str(written)!r}, 'w').close()"

    with children:
        children.finish(children.start("writer", python(code)))

    modes = [
        path.stat().st_mode & 0o777 for path in (written, tmp_path / "log/writer.log")
    ]
    assert modes == [0o600, 0o600]


def test_children_stop_kills_grandchildren_that_stayed(children, tmp_path):
    noted = tmp_path / "grandchild"
    code = (
        "import subprocess, pathlib, time\n"
        f"grandchild = subprocess.Popen({SLEEP!r})\n"
        f"pathlib.Path({str(noted)!r}).write_text(str(grandchild.pid))\n"
        "time.sleep(60)"
    )
    with children:
        parent = children.start("parent", python(code))
        children.wait_for(parent, lambda: noted.exists() and noted.read_text(), 10)

    assert is_gone(int(noted.read_text()))


def is_gone(process_id):
    """Whether the process has ended; one nobody waits for is a zombie at most."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            with open(f"/proc/{process_id}/stat", encoding="utf-8") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def without_pauses(monkeypatch):
    monkeypatch.setattr(revivals, "FIRST_PAUSE", 0)
    monkeypatch.setattr(processes, "TICK_SECONDS", 0.005)


class Enough(Exception):
    """The test has seen what it waited for."""


@pytest.mark.usefixtures("without_pauses")
def test_watch_child_that_is_killed_is_started_again(tmp_path, capsys):
    noted = tmp_path / "noted"
    code = (
        "import os, subprocess, time\n"
        f"grandchild = subprocess.Popen({SLEEP!r})\n"
        f"line = f'{{os.getpid()}} {{grandchild.pid}}\\n'\n"
        f"open({str(noted)!r}, 'a').write(line)\n"
        "time.sleep(60)"
    )
    killed = []

    def kill_the_first():
        starts = noted.read_text().splitlines() if noted.exists() else []
        if len(starts) == 1 and not killed:
            killed.extend(map(int, starts[0].split()))
            os.kill(killed[0], signal.SIGKILL)
        elif len(starts) == 2:
            raise Enough

    lock = RunLock(tmp_path, port=8123)
    with (
        contextlib.suppress(Enough),
        Children(
            logs=tmp_path / "log",
            environment=dict(os.environ),
            lock=lock,
            check_stop=kill_the_first,
        ) as children,
    ):
        children.start("web server", python(code))
        children.watch()
    lock.release()

    line = (
        f"The web server stopped unexpectedly (signal 9; log {tmp_path}/log/"
        "web-server.log): it said nothing; it is started again in 0 s.\n"
    )
    assert capsys.readouterr().out == line
    assert (tmp_path / "log/web-server.log").read_text() == line
    assert is_gone(killed[1])


@pytest.mark.usefixtures("without_pauses")
def test_watch_child_that_dies_too_often_is_named_with_its_last_words(
    children, tmp_path
):
    code = "import sys; print('first'); print('no room left'); sys.exit(3)"

    with children:
        children.start("sleeper", SLEEP)
        children.start("web server", python(code))
        with pytest.raises(Refusal) as refusal:
            children.watch()

    assert str(refusal.value) == (
        "The web server stopped unexpectedly (exit code 3; "
        f"log {tmp_path}/log/web-server.log): no room left"
    )
    log = (tmp_path / "log/web-server.log").read_text()
    assert log.count("no room left\n") == revivals.MOST_DEATHS


def test_finish_program_that_ends_well_returns(children):
    with children:
        child = children.start("preparation", python("print('done')"))
        children.finish(child)
        children.pause(0)

    assert child.process.returncode == 0


def test_finish_program_that_fails_refused(children):
    with children, pytest.raises(Refusal, match="preparation .*exit code 2"):
        children.finish(children.start("preparation", python("raise SystemExit(2)")))


def test_failure_tells_last_words_of_this_start_only(children):
    with children:
        children.finish(children.start("worker", python("print('of old')")))
        second = children.start("worker", python("raise SystemExit(2)"))
        with pytest.raises(Refusal, match="it said nothing$"):
            children.finish(second)


def test_wait_for_program_that_never_answers_refused(children):
    with children:
        worker = children.start("worker", SLEEP)
        with pytest.raises(Refusal, match="worker did not answer in 0 seconds"):
            children.wait_for(worker, lambda: False, 0)
