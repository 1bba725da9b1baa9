"""Who may change the evidence of honours and stories."""

import pytest

from campaigns.models import Honor, Story
from campaigns.permissions import can_edit_honor, can_edit_story
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(organization, community):
    """Officials of the record's own unit and community, of others, of the office."""
    scopes = {
        "unit": {"role": "unit", "organization": organization},
        "community": {"role": "community", "community": community},
        "other unit": {"role": "unit", "organization": OrganizationFactory()},
        "other community": {"role": "community", "community": CommunityFactory()},
        "office": {"role": "office"},
    }
    return {name: MembershipFactory(**scope).user for name, scope in scopes.items()}


def allowed(people, predicate, thing):
    return {name for name, user in people.items() if predicate(user, thing)}


def test_honor_of_an_organisation_is_edited_by_the_organisation(
    people, organization, community
):
    honor = Honor(kind="unit", organization=organization, community=community)

    assert allowed(people, can_edit_honor, honor) == {"unit"}


def test_honor_of_a_family_is_edited_by_the_community(people, community):
    honor = Honor(kind="family", community=community)

    assert allowed(people, can_edit_honor, honor) == {"community"}


@pytest.mark.parametrize("state", sorted(set(Honor.State) - {"draft", "returned"}))
def test_honor_handed_in_is_edited_by_nobody(state, people, organization):
    honor = Honor(kind="unit", organization=organization, state=state)

    assert allowed(people, can_edit_honor, honor) == set()


def test_story_is_edited_by_its_organisation_and_its_community(
    people, organization, community
):
    story = Story(organization=organization, community=community)

    assert allowed(people, can_edit_story, story) == {"unit", "community"}


@pytest.mark.parametrize("state", ["submitted", "published", "withdrawn"])
def test_story_handed_in_is_edited_by_nobody(state, people, organization, community):
    story = Story(organization=organization, community=community, state=state)

    assert allowed(people, can_edit_story, story) == set()
