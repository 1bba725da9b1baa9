import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from scripts.embedded_broker import NO_SERVER, answers, socket_path
from scripts.layout import ROOT


@pytest.fixture
def short_folder():
    """A folder whose path is short enough for a socket, unlike tmp_path."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def broker(short_folder):
    """The path of a socket a started broker is going to listen on."""
    path = short_folder / "broker.sock"
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.embedded_broker", path],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    yield path
    process.terminate()
    process.wait(10)


def wait_for(broker):
    deadline = time.monotonic() + 10
    while not answers(broker) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_socket_path_short_var_lies_in_var(short_folder):
    assert socket_path(short_folder) == short_folder / "broker.sock"


@pytest.mark.parametrize(
    "name", ["v" * 120, "with space", "门户", "a%20b", "a?b"], ids=ascii
)
def test_socket_path_unfit_var_lies_in_short_private_folder(short_folder, name):
    path = socket_path(short_folder / name)

    try:
        assert len(os.fsencode(path)) <= 100
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path == socket_path(short_folder / name)
        assert path != socket_path(short_folder / f"{name}2")
    finally:
        path.parent.rmdir()
        socket_path(short_folder / f"{name}2").parent.rmdir()


def test_socket_path_folder_open_to_others_refused(short_folder):
    path = socket_path(short_folder / "门户")
    path.parent.chmod(0o755)

    try:
        with pytest.raises(PermissionError):
            socket_path(short_folder / "门户")
    finally:
        path.parent.rmdir()


def test_answers_started_broker_true(broker):
    wait_for(broker)

    assert answers(broker)


def test_broker_listens_for_its_owner_only_and_keeps_no_files(broker):
    wait_for(broker)

    assert broker.stat().st_mode & 0o077 == 0
    assert list(broker.parent.iterdir()) == [broker]


def test_answers_no_broker_false(short_folder):
    assert not answers(short_folder / "broker.sock")


def test_broker_without_any_server_says_so(short_folder):
    command = [sys.executable, "-S", "-m", "scripts.embedded_broker"]

    done = subprocess.run(
        [*command, short_folder / "broker.sock"],
        cwd=ROOT,
        env={"PATH": str(short_folder)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (1, f"{NO_SERVER}\n")
