"""Which tests a second database is asked again, and which stay together."""

from types import SimpleNamespace

import pytest
from django.db import connection

from scripts.test import LIVE


def _runs_once(request) -> bool:
    return request.node.get_closest_marker("any_database") is not None


def test_one_that_asks_no_database_runs_once(request):
    assert _runs_once(request)


@pytest.mark.django_db
def test_one_that_asks_a_database_runs_on_each(request):
    assert connection.vendor
    assert not _runs_once(request)


def test_one_whose_fixture_asks_a_database_runs_on_each(request, stranger):
    assert stranger.pk
    assert not _runs_once(request)


PLACES = {
    "tests/live/journeys/test_a.py::test_x": "tests/live/journeys/test_a.py",
    "tests/live/journeys/test_b.py::test_y[c]": "tests/live/journeys/test_b.py",
    "tests/live/folder/test_e.py::test_v": "folder",
    "tests/live/test_c.py::test_z[d]": "test_c.py",
    "tests/live/test_c.py::test_z[e]": "test_c.py",
    "tests/sweep/test_pages.py::test_z[d]": "tests/sweep/test_pages.py::test_z[d]",
    "tests/sweep/test_policy.py::test_z[d]": "tests/sweep/test_policy.py",
    "tests/faults/test_d.py::test_u": "tests/faults/test_d.py",
}


def test_what_shares_a_running_stack_stays_on_one_worker(pytestconfig):
    asked = LIVE[LIVE.index("--dist") + 1]
    config = SimpleNamespace(getvalue={"dist": asked, "tx": ["2*popen"]}.get)

    schedule = pytestconfig.hook.pytest_xdist_make_scheduler(config=config, log=None)

    assert {test: schedule._split_scope(test) for test in PLACES} == PLACES
