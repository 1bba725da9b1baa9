"""Whistles when organisations or communities merge."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from communities.actions.handovers import handovers_for
from tests.communities.trees import Kind, change, committee
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def handover(node):
    names = {"whistles", "whistle_responses"}
    return next(known for known in handovers_for(node) if known.name in names)


def hand_over(node, to, keys=None):
    on = timezone.localdate()
    return handover(node).move(node, to, on=on, by=None, keys=keys)


def states(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


# Organisations ---------------------------------------------------------------


@pytest.mark.parametrize("factory", [WhistleResponseFactory, HandlingResponseFactory])
def test_open_response_goes_on_at_the_successor_on_its_clock(organization, factory):
    row = factory(
        organization=organization,
        due_at=NOW,
        clock_started_at=NOW - timedelta(hours=1),
        overdue_step=2,
    )
    to = OrganizationFactory()
    official = MembershipFactory(role="unit", organization=to).user
    state = row.state

    assert hand_over(organization, to) == 1

    assert states(row) == [state]
    assert (row.organization, row.due_at, row.overdue_step) == (to, NOW, 2)
    entry = row.whistle.entries.get()
    assert (entry.kind, entry.actor, entry.response) == ("handed_on", "系统", row)
    assert organization.name in entry.text
    message = Notification.objects.get(kind="whistle_handed_on")
    assert message.recipient == official


def test_what_an_organisation_has_done_stays_under_its_name(organization):
    rows = [
        DeliveredResponseFactory(organization=organization),
        WhistleResponseFactory(organization=organization, state="returned"),
        WhistleResponseFactory(organization=organization, state="released"),
    ]

    assert hand_over(organization, OrganizationFactory()) == 0

    assert organization.whistle_responses.count() == len(rows)


def test_successor_with_the_same_whistle_goes_on_alone(organization):
    row = HandlingResponseFactory(
        organization=organization, due_at=NOW, clock_started_at=NOW
    )
    held = HandlingResponseFactory(whistle=row.whistle)

    hand_over(organization, held.organization)

    assert states(row, held, row.whistle) == ["released", "handling", "handling"]
    assert (row.organization, row.due_at) == (organization, None)


def test_whistle_waits_for_its_community_when_the_successor_has_delivered(
    organization,
):
    row = HandlingResponseFactory(organization=organization)
    done = DeliveredResponseFactory(whistle=row.whistle)

    hand_over(organization, done.organization)

    assert states(row, row.whistle) == ["released", "delivered"]
    assert row.whistle.due_at is not None


def test_only_chosen_responses_go_when_an_organisation_is_split(organization):
    goes, stays = WhistleResponseFactory.create_batch(2, organization=organization)
    to = OrganizationFactory()

    hand_over(organization, to, keys=[str(goes.pk)])

    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.organization, stays.organization) == (to, organization)


def test_merger_carries_open_responses_along():
    old = committee()
    row = HandlingResponseFactory(organization=old)
    new = committee(old.parent)

    done = change(old, Kind.MERGE, successor=new.pk)

    row.refresh_from_db()
    assert row.organization == new
    assert done.details["moved"]["whistle_responses"] == 1


def test_preview_says_what_becomes_of_each_response(organization):
    WhistleResponseFactory(organization=organization)
    both = WhistleResponseFactory(organization=organization)
    DeliveredResponseFactory(organization=organization)
    to = OrganizationFactory(name="新示例党支部")
    WhistleResponseFactory(whistle=both.whistle, organization=to)
    today = timezone.localdate()

    rows = handover(organization).held(organization, on=today, to=to)

    assert [row.outcome for row in rows] == [
        "由新示例党支部承接",
        "并入新示例党支部对同一吹哨的响应",
    ]
    assert handover(organization).kept(organization, on=today) == 1


# Communities -----------------------------------------------------------------


def test_whistles_under_way_go_to_the_successor_community(community):
    rows = [
        WhistleFactory(community=community),
        IssuedWhistleFactory(community=community, state="returned"),
        DeliveredResponseFactory(whistle__community=community).whistle,
    ]
    to = CommunityFactory()

    assert hand_over(community, to) == 3

    assert states(*rows) == ["drafted", "returned", "delivered"]
    assert [row.community for row in rows] == [to] * 3
    kinds = [list(row.entries.values_list("kind", flat=True)) for row in rows]
    assert kinds == [[], ["handed_on"], ["handed_on"]]


def test_whistles_that_are_over_stay_with_their_community(community):
    over = IssuedWhistleFactory(community=community, state="closed", ended_at=NOW)
    IssuedWhistleFactory(community=community)
    today = timezone.localdate()

    assert handover(community).kept(community, on=today) == 1
    assert hand_over(community, CommunityFactory()) == 1

    over.refresh_from_db()
    assert over.community == community


def test_only_chosen_whistles_go_when_a_community_is_split(community):
    goes, stays = WhistleFactory.create_batch(2, community=community)
    to = CommunityFactory(name="新示例社区")
    today = timezone.localdate()

    held = handover(community).held(community, on=today, to=to)
    hand_over(community, to, keys=[str(goes.pk)])

    assert [row.outcome for row in held] == ["由新示例社区承接"] * 2
    goes.refresh_from_db()
    stays.refresh_from_db()
    assert (goes.community, stays.community) == (to, community)
