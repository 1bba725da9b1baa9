"""Who answers for an organisation: its own, its successor's, those above."""

import pytest

from communities.models import Membership, Organization
from communities.queries.officials import responsible_officials
from tests.communities.trees import branch, committee
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def official_of(organization):
    person = UserFactory()
    MembershipFactory(user=person, role=Membership.Role.UNIT, organization=organization)
    return person


def end(organization, state, successor=None):
    """As the register leaves it, without the rows that move."""
    Organization.objects.filter(pk=organization.pk).update(
        state=state, successor=successor
    )
    organization.refresh_from_db()


def told(organization, **options):
    return responsible_officials([organization], **options)[organization.pk]


def test_officials_are_its_own_or_those_of_the_nearest_above():
    above = committee()
    below = branch(above)
    superior = official_of(above)

    assert told(below) == [superior]

    own = official_of(below)
    assert (told(below), told(below, above=True)) == ([own], [superior])


@pytest.mark.parametrize("state", ["merged", "dissolved"])
def test_officials_of_what_is_over_are_those_of_its_last_successor(state):
    first, second, last = (OrganizationFactory() for _each in range(3))
    left, official = official_of(first), official_of(last)
    end(first, state, second)
    end(second, "merged", last)

    assert told(first) == [official]
    assert left not in told(first)


def test_officials_of_what_is_over_are_above_a_successor_without_an_account():
    above = committee()
    first, last = OrganizationFactory(), branch(above)
    superior = official_of(above)
    end(first, "merged", last)

    assert told(first) == [superior]


def test_officials_of_what_was_dissolved_for_good_are_those_above():
    above = committee()
    below = branch(above)
    superior = official_of(above)
    end(below, "dissolved")

    assert told(below) == [superior]


@pytest.mark.parametrize("count", [1, 3])
def test_officials_take_a_fixed_number_of_queries(count, django_assert_num_queries):
    rows = OrganizationFactory.create_batch(count)
    for row in rows:
        end(row, "merged", OrganizationFactory())

    with django_assert_num_queries(3):
        responsible_officials(rows)
