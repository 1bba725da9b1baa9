"""`make run` refuses quickly, with one clear line, before it changes anything."""

import shutil
import socket
import subprocess

import pytest

from scripts.clean_environment import clean_environment
from scripts.layout import ROOT
from scripts.ports import free_port
from scripts.run_lock import RunLock


def run_portal(tmp_path, **environment):
    """The finished command; a free port unless another is given."""
    values = {"VAR_DIR": str(tmp_path), "PORT": str(free_port()), **environment}
    return subprocess.run(
        [shutil.which("sh"), "scripts/with_python", "run"],
        cwd=ROOT,
        env=clean_environment(**values),
        capture_output=True,
        text=True,
        timeout=20,
    )


def assert_one_line(done, *parts):
    assert done.returncode == 1
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert [part for part in parts if part not in line] == []


def test_run_taken_port_refused(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])

        done = run_portal(tmp_path, PORT=port)

    assert_one_line(done, f"Port {port}", "is taken")


def test_run_port_no_number_refused(tmp_path):
    assert_one_line(run_portal(tmp_path, PORT="web"), "PORT must be a number", "'web'")


def test_run_broken_database_refused_and_left_alone(tmp_path):
    database = tmp_path / "portal.sqlite3"
    database.write_bytes(b"broken" * 1000)

    done = run_portal(tmp_path)

    assert_one_line(done, str(database), "is broken")
    assert database.read_bytes() == b"broken" * 1000


def test_run_second_time_in_same_folder_refused(tmp_path):
    lock = RunLock(tmp_path, port=8123)

    done = run_portal(tmp_path)

    lock.release()
    assert_one_line(done, "already runs", "port 8123")


def test_run_without_python_refused(tmp_path):
    done = run_portal(tmp_path, PATH=str(tmp_path))

    assert_one_line(done, "Python 3.11 or newer is needed")


@pytest.mark.parametrize("version", ["(3, 10)", "(2, 7)"])
def test_run_with_old_python_refused(tmp_path, version):
    """A stand-in for an old Python: it answers the version question with no."""
    stand_in = tmp_path / "python3"
    python = shutil.which("python3")
    stand_in.write_text(
        f"#!/bin/sh\n"
        f"exec {python} -c \"import sys; sys.version_info = {version}; exec('$2')\"\n"
    )
    stand_in.chmod(0o755)

    done = run_portal(tmp_path, PATH=str(tmp_path))

    assert_one_line(done, "Python 3.11 or newer is needed")
