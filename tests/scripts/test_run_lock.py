import subprocess

import pytest

from scripts.console import Refusal
from scripts.run_lock import RunLock


def test_run_lock_held_by_living_run_refused(tmp_path):
    lock = RunLock(tmp_path, port=8123)

    with pytest.raises(Refusal, match="already runs in this checkout .port 8123"):
        RunLock(tmp_path, port=8124)

    lock.release()


def test_run_lock_released_can_be_taken(tmp_path):
    RunLock(tmp_path, port=8123).release()

    RunLock(tmp_path, port=8124).release()

    assert (tmp_path / "run.lock").read_text().startswith("8124\n")


def test_run_lock_held_by_program_of_dead_run_names_it(tmp_path):
    lock = RunLock(tmp_path, port=8123)
    program = subprocess.Popen(["sleep", "60"], pass_fds=[lock.descriptor])
    ended = subprocess.Popen(["true"])
    ended.wait()
    lock.add_program(program.pid)
    notes = (tmp_path / "run.lock").read_text().split()
    (tmp_path / "run.lock").write_text(f"{notes[0]}\n{ended.pid}\n{program.pid}\n")
    lock.release()

    try:
        with pytest.raises(Refusal, match=f"still alive.*kill {program.pid}$"):
            RunLock(tmp_path, port=8123)
    finally:
        program.kill()
        program.wait()
