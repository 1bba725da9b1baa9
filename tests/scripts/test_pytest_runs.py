"""Runs of pytest beside other work: their words come last, their verdict counts."""

import os
import time

import pytest

from scripts import pytest_runs


@pytest.fixture
def beside(tmp_path):
    """Runs pytest on this text beside a block."""

    def run(text):
        (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
        arguments = ["-c", os.devnull, "-p", "no:django", "-p", "no:cacheprovider"]
        arguments += ["-q", str(tmp_path / "test_it.py")]
        return pytest_runs.tests_beside(
            "Beside", arguments, {**os.environ}, may_be_empty=False
        )

    return run


def test_words_of_tests_beside_come_after_those_of_the_block(beside, capfd):
    with beside("def test_it(): pass"):
        time.sleep(0.1)
        print("the block has spoken", flush=True)

    said = capfd.readouterr().out
    assert said.index("the block has spoken") < said.index("== Beside")
    assert said.index("== Beside") < said.index("1 passed")


def test_failure_beside_refuses_when_the_block_is_done(beside, capfd):
    with pytest.raises(pytest_runs.TestsFailed), beside("def test_it(): assert False"):
        print("the block is done")

    assert "1 failed" in capfd.readouterr().out


def test_block_that_fails_ends_what_runs_beside(beside):
    began = time.monotonic()

    with (
        pytest.raises(ValueError, match="of the block"),
        beside("import time\n\ndef test_it(): time.sleep(25)"),
    ):
        raise ValueError("of the block")

    assert time.monotonic() - began < 20  # the test beside would take longer
