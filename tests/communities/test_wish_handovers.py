"""Micro-wishes and their claims when units or communities merge."""

import pytest
from django.utils import timezone

from communities.actions.handovers import handovers_for
from communities.actions.wish_claims import deliver_wish_claim, withdraw_wish_claim
from communities.actions.wishes import confirm_wish
from core.models import AuditEntry
from tests.communities.trees import Kind, change
from tests.communities.wishes import claimed, unit
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, OrganizationFactory
from tests.factories.wishes import PublishedWishFactory, WishFactory

pytestmark = pytest.mark.django_db


def handover(node, name):
    return next(known for known in handovers_for(node) if known.name == name)


def hand_over(name, node, to, keys=None):
    kind = handover(node, name)
    return kind.move(node, to, on=timezone.localdate(), by=None, keys=keys)


@pytest.fixture
def to():
    return CommunityFactory(name="新示例社区")


def test_wishes_that_are_not_over_go_to_the_community_that_takes_over(community, to):
    going = [
        WishFactory(community=community),
        PublishedWishFactory(community=community),
        claimed(community=community).wish,
    ]
    over = PublishedWishFactory(
        community=community, state="confirmed", ended_at=timezone.now()
    )

    assert hand_over("wishes", community, to) == 3

    assert set(to.wishes.all()) == set(going)
    assert list(community.wishes.all()) == [over]
    assert AuditEntry.objects.filter(verb="communities.wish_changed").count() == 3


def test_only_chosen_wishes_go_when_a_community_is_split(community, to):
    wish, _stays = PublishedWishFactory.create_batch(2, community=community)

    assert hand_over("wishes", community, to, keys=[str(wish.pk)]) == 1

    assert list(to.wishes.all()) == [wish]


def test_preview_names_what_moves_and_counts_what_stays(community, to):
    wish = PublishedWishFactory(community=community, title="想要书包")
    PublishedWishFactory(community=community, state="expired", ended_at=timezone.now())
    kind = handover(community, "wishes")

    (held,) = kind.held(community, on=timezone.localdate(), to=to)

    assert (held.key, held.text) == (str(wish.pk), "想要书包（待认领）")
    assert held.outcome.endswith("由新示例社区承接")
    assert kind.kept(community, on=timezone.localdate()) == 1


def test_live_claims_go_to_the_organization_and_the_others_stay():
    old, official = unit()
    active, delivered, given_up, done = (claimed(official, old) for _number in range(4))
    for claim in (delivered, done):
        deliver_wish_claim(claim=claim, by=official)
    withdraw_wish_claim(claim=given_up, reason="示例", by=official)
    confirm_wish(wish=done.wish, by=UserFactory(), now=timezone.now())
    successor = OrganizationFactory()

    assert hand_over("wish_claims", old, successor) == 2

    assert set(successor.wish_claims.all()) == {active, delivered}
    assert set(old.wish_claims.all()) == {given_up, done}


def test_merge_of_a_unit_carries_its_wishes_on():
    old, official = unit()
    claim = claimed(official, old)
    successor = OrganizationFactory(parent=old.parent)

    change(old, Kind.MERGE, successor=successor.pk)

    claim.refresh_from_db()
    assert claim.organization == successor
