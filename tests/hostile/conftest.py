"""The small district, made once for all modules of this package."""

import pytest

from tests.world import temporary_world


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Each test runs in a savepoint of its own inside."""
    with django_db_blocker.unblock(), temporary_world() as built:
        yield built
