"""Which tests a second database is asked again; see `conftest`."""

import pytest
from django.db import connection


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
