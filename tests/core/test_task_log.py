"""Worker and beat write the portal's log, a line for each task."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from scripts import clean_environment

RUN = """
import logging
from xiangcheng_portal.celery import app
from core.request_ids import current_request_id
import django; django.setup()

@app.task(name="core.sample")
def sample(phone):
    logging.getLogger("core.sample").warning("in %s", current_request_id())
    raise ValueError(phone)

app.log.setup(loglevel="INFO", redirect_stdouts=True)
print("stdout stays")
sample.apply(args=["13800138000"], task_id="f23456789abcdef0-13800138000")
"""


@pytest.fixture(scope="module")
def lines():
    """What a process set up as celery sets up its workers writes."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=settings.BASE_DIR,
        env=clean_environment.tests_environment(LOG_FORMAT="json"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "stdout stays\n"
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_task_is_told_with_name_number_and_end(lines):
    (line,) = [line for line in lines if line["logger"] == "core.task_log"]

    told = {name: line[name] for name in ("task", "task_id", "state", "request_id")}
    assert told == {
        "task": "core.sample",
        "task_id": "f23456789abcdef0-13800138000",
        "state": "FAILURE",
        "request_id": "f23456789abcdef0",
    }
    assert isinstance(line["ms"], int)


def test_lines_of_a_task_carry_its_number(lines):
    (line,) = [line for line in lines if line["logger"] == "core.sample"]

    assert line["message"] == "in f23456789abcdef0"


def test_failure_of_a_task_is_told_masked(lines):
    (line,) = [line for line in lines if "traceback" in line]

    assert line["exception"] == "ValueError"
    assert "13800138000" not in json.dumps(line)
