"""What every test may ask for."""

import gc
from pathlib import Path

import pytest
from django.test import Client

from tests.databases import copy_for_tests
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.flushing import empty_only_what_is_full
from tests.message_kinds import register_test_kinds
from tests.scheduling import OneStartEach

LIVE = Path(__file__).parent / "live"
FAULTS = Path(__file__).parent / "faults"
USES_A_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}

# Looking for cycles among all that was imported is a tenth of the tests' time.
gc.set_threshold(50_000, 20, 50)
register_test_kinds()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the running stack, and what never asks a database.

    What asks no database proves nothing new on another one.
    """
    for item in items:
        if item.path.is_relative_to(LIVE):
            item.add_marker(pytest.mark.live)
        if item.path.is_relative_to(FAULTS):
            item.add_marker(pytest.mark.faults)
        asks = item.get_closest_marker("django_db") or (
            USES_A_DATABASE & set(item.fixturenames)
        )
        if not asks:
            item.add_marker(pytest.mark.any_database)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log) -> OneStartEach | None:
    """Keep together what shares what it starts, where that is asked for."""
    return OneStartEach(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_collection_finish() -> None:
    """Never look again at what was imported and collected."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def signed_in(db):
    """A client signed in as the given user."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def unrecorded(monkeypatch):
    """Clients copy no context of each template drawn, for tests that read none."""
    recorder = "django.test.client.store_rendered_templates"
    monkeypatch.setattr(recorder, lambda *_args, **_kwargs: None)


@pytest.fixture
def organization(db):
    """A branch."""
    return OrganizationFactory()


@pytest.fixture
def community(db):
    """A community of some street."""
    return CommunityFactory()


@pytest.fixture
def unit_official(organization):
    """An official who records for `organization`."""
    return MembershipFactory(role="unit", organization=organization).user


@pytest.fixture
def office_official(db):
    """A person of the civilization office."""
    return MembershipFactory(role="office").user


@pytest.fixture
def committee_official(db):
    """A person of the organs working committee."""
    return MembershipFactory(role="committee").user


@pytest.fixture
def stranger(db):
    """A person with an account and no role."""
    return UserFactory()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings):
    """Migrated databases are copied where there are any, not made anew."""
    return copy_for_tests() or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the worker, emptied with less work."""
    with django_db_blocker.unblock():
        empty_only_what_is_full()
