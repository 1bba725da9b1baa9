"""What a merged community left behind is in the scope of its successor's officials."""

import pytest

from communities.models import Community, Pairing
from communities.permissions import Permission, has_permission, scope_filter
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    PairingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged():
    """Two communities merged one after the other, the last of them and its official."""
    last = CommunityFactory()
    middle = CommunityFactory(successor=last)
    first = CommunityFactory(successor=middle)
    return first, middle, last


def official_of(community):
    return MembershipFactory(role="community", community=community).user


def test_official_of_the_successor_may_act_for_all_before_it(merged):
    official = official_of(merged[-1])

    allowed = [
        has_permission(official, Permission.PAIRING_VIEW, community=community)
        for community in merged
    ]

    assert allowed == [True, True, True]


def test_rows_of_all_before_it_are_in_scope_and_no_others(merged):
    rows = [PairingFactory(community=community) for community in merged]
    PairingFactory()
    official = official_of(merged[-1])
    in_scope = scope_filter(official, Permission.PAIRING_VIEW, community="community")

    assert set(Pairing.objects.filter(in_scope)) == set(rows)


def test_official_of_the_merged_one_gains_nothing(merged):
    official = official_of(merged[0])

    assert not has_permission(official, Permission.PAIRING_VIEW, community=merged[-1])


def test_circle_of_successors_ends(merged):
    Community.objects.filter(pk=merged[-1].pk).update(successor=merged[0])

    assert has_permission(
        official_of(merged[1]), Permission.PAIRING_VIEW, community=merged[0]
    )
