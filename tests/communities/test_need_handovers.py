"""Needs, claims and resources when units or communities merge."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions.handovers import handovers_for
from communities.actions.need_claims import claim_need, deliver_claim
from communities.models import Need, NeedClaim, ServiceProject
from tests.communities.needs import claim, official_of
from tests.factories.communities import (
    CommunityFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.factories.needs import (
    NeedFactory,
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)

pytestmark = pytest.mark.django_db
State = Need.State


def handover(node, name):
    return next(known for known in handovers_for(node) if known.name == name)


def hand_over(name, node, to, keys=None):
    return handover(node, name).move(
        node, to, on=timezone.localdate(), by=None, keys=keys
    )


def claimed_by(need, organization, quantity=1):
    PairingFactory(organization=organization, community=need.community)
    return claim_need(
        need=need,
        organization=organization,
        quantity=quantity,
        by=official_of(organization),
        now=timezone.now(),
    )


# Communities ----------------------------------------------------------------


def test_needs_under_way_go_to_the_community_that_takes_over(community):
    draft, open_one = (
        NeedFactory(community=community),
        PublishedNeedFactory(community=community),
    )
    done = NeedFactory(community=community, state=State.CONFIRMED)
    to = CommunityFactory()

    assert hand_over("needs", community, to) == 2

    assert set(to.needs.all()) == {draft, open_one}
    assert list(community.needs.all()) == [done]


def test_only_chosen_needs_go_when_a_community_is_split(community):
    chosen, _stays = PublishedNeedFactory.create_batch(2, community=community)
    to = CommunityFactory()

    assert hand_over("needs", community, to, keys=[str(chosen.pk)]) == 1

    assert list(to.needs.all()) == [chosen]


def test_preview_of_needs_names_what_moves_and_counts_what_stays(community):
    need = PublishedNeedFactory(community=community)
    NeedFactory(community=community, state=State.EXPIRED)
    to = CommunityFactory(name="新示例社区")
    kind = handover(community, "needs")

    (held,) = kind.held(community, on=timezone.localdate(), to=to)

    assert held.key == str(need.pk)
    assert "新示例社区承接" in held.outcome
    assert kind.kept(community, on=timezone.localdate()) == 1


# Claims ---------------------------------------------------------------------


def test_live_claim_goes_to_the_unit_that_takes_over():
    made, _official = claim(PublishedNeedFactory())
    old, to = made.organization, OrganizationFactory()

    assert hand_over("need_claims", old, to) == 1

    made.refresh_from_db()
    assert (made.organization, made.state) == (to, "active")


def test_claims_on_one_need_become_one_and_the_count_stays():
    need = PublishedNeedFactory(quantity=5)
    old, to = OrganizationFactory.create_batch(2)
    gone, kept = claimed_by(need, old, 2), claimed_by(need, to, 1)

    hand_over("need_claims", old, to)

    for row in (need, gone, kept):
        row.refresh_from_db()
    assert (gone.state, kept.state, kept.quantity) == ("withdrawn", "active", 3)
    assert need.claimed == 3


def test_delivered_claim_that_takes_more_on_is_live_again():
    need = PublishedNeedFactory(quantity=5)
    old, to = OrganizationFactory.create_batch(2)
    claimed_by(need, old, 2)
    kept = claimed_by(need, to, 1)
    deliver_claim(claim=kept, by=official_of(to))

    hand_over("need_claims", old, to)

    kept.refresh_from_db()
    assert (kept.state, kept.quantity) == (NeedClaim.State.ACTIVE, 3)


def test_what_was_delivered_stays_under_the_old_name():
    made, official = claim(PublishedNeedFactory())
    deliver_claim(claim=made, by=official)
    old = made.organization

    assert hand_over("need_claims", old, OrganizationFactory()) == 0

    made.refresh_from_db()
    assert made.organization == old


def test_preview_of_claims_says_when_two_become_one():
    need = PublishedNeedFactory(quantity=5)
    old, to = OrganizationFactory.create_batch(2)
    claimed_by(need, old)
    claimed_by(need, to)

    (held,) = handover(old, "need_claims").held(old, on=timezone.localdate(), to=to)

    assert held.outcome == f"并入{to.name}对同一需求的认领"


# Resources ------------------------------------------------------------------


def test_resource_ends_the_day_before_and_follows_on():
    resource = ResourceFactory()
    to = OrganizationFactory()
    today = timezone.localdate()

    hand_over("resources", resource.organization, to)

    resource.refresh_from_db()
    (successor,) = to.resources.all()
    assert resource.ends_on == today - timedelta(days=1)
    assert (successor.starts_on, successor.title) == (today, resource.title)


def test_live_projects_go_with_the_resource_and_closed_ones_stay():
    resource = ResourceFactory()
    live = ServiceProjectFactory(resource=resource)
    done = ServiceProjectFactory(resource=resource, state=ServiceProject.State.DONE)
    to = OrganizationFactory()

    hand_over("resources", resource.organization, to)

    live.refresh_from_db()
    done.refresh_from_db()
    assert live.resource.organization == to
    assert done.resource == resource


def test_resource_not_begun_yet_changes_hands_whole():
    later = timezone.localdate() + timedelta(days=9)
    resource = ResourceFactory(starts_on=later)
    to = OrganizationFactory()

    hand_over("resources", resource.organization, to)

    resource.refresh_from_db()
    assert (resource.organization, resource.starts_on) == (to, later)


def test_resource_that_has_ended_stays():
    resource = ResourceFactory(ends_on=timezone.localdate() - timedelta(days=1))

    assert hand_over("resources", resource.organization, OrganizationFactory()) == 0
