"""Clients that enter the admin site."""

import pytest

from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    SubdistrictFactory,
)

SCOPES = {
    "unit": ("organization", OrganizationFactory),
    "street": ("subdistrict", SubdistrictFactory),
    "community": ("community", CommunityFactory),
}


@pytest.fixture
def client_of(signed_in):
    """A client of someone in the given role."""

    def enter(role):
        name, factory = SCOPES.get(role, ("", None))
        scope = {name: factory()} if factory else {}
        return signed_in(MembershipFactory(role=role, **scope).user)

    return enter


@pytest.fixture
def office(signed_in, office_official):
    """The office's client."""
    return signed_in(office_official)


@pytest.fixture
def committee(signed_in, committee_official):
    """The working committee's client."""
    return signed_in(committee_official)
