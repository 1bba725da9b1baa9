"""A little of everything the overview counts: two streets, three units, two months."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from campaigns.models import TaskAssignment
from tests.factories.campaigns import ActivityFactory, CampaignFactory, PillarFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
    PairingFactory,
    SubdistrictFactory,
    WorkingCommitteeFactory,
)
from tests.factories.hours import PastShiftFactory, RecordFactory, days_ago
from tests.factories.leaders import LeaderLinkFactory, LeaderTermFactory
from tests.factories.tasks import TaskAssignmentFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    IssuedWhistleFactory,
    WhistleResponseFactory,
)
from volunteers.models import Shift

MONTHS_AGO = 45


def small_campaign():
    """The campaign with its streets, communities and units by short names."""
    today = timezone.localdate()
    campaign = CampaignFactory(starts_on=today - timedelta(days=100))
    streets = [SubdistrictFactory(name=name) for name in ("东街道", "西街道")]
    places = [CommunityFactory(subdistrict=streets[n]) for n in (0, 0, 1, 1)]
    root = WorkingCommitteeFactory(unit_name="区直机关工委")
    units = [OrganizationFactory(parent=root, unit_name=f"{n}局") for n in "甲乙丙"]
    world = SimpleNamespace(
        campaign=campaign, streets=streets, places=places, root=root, units=units
    )
    world.year = {"starts_on": today - timedelta(days=90)}
    _add_activities(world)
    _add_links(world, today)
    _add_whistles(world)
    _add_tasks(world, today)
    _add_shifts(world)
    return world


def _add_activities(world):
    pillars = [PillarFactory(code=code) for code in ("service", "duty")]
    for unit, days, state, pillar in (
        (0, 5, "approved", 0),
        (0, MONTHS_AGO, "approved", 1),
        (1, 6, "approved", 0),
        (1, 7, "submitted", 0),
    ):
        start = days_ago(days)
        ActivityFactory(
            campaign=world.campaign,
            organization=world.units[unit],
            community=world.places[unit],
            pillar=pillars[pillar],
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            state=state,
            submitted_at=days_ago(12) if state == "submitted" else None,
        )


def _add_links(world, today):
    for unit, place in ((0, 0), (0, 2), (1, 0)):
        PairingFactory(
            organization=world.units[unit], community=world.places[place], **world.year
        )
    this_year = {
        "starts_on": today - timedelta(days=30),
        "ends_on": today + timedelta(days=30),
    }
    pair = {"organization": world.units[0], "community": world.places[0]}
    OrganizationReportInFactory(
        **pair, **this_year, received=True, answered_at=days_ago(20)
    )
    OrganizationReportInFactory(
        organization=world.units[1],
        community=world.places[0],
        submitted_at=days_ago(25),
        **this_year,
    )
    MemberReportInFactory(community=world.places[0], signed=True)
    MemberReportInFactory(community=world.places[3], signed=True)
    MemberReportInFactory(community=world.places[3])
    slots = ("community", "second")
    for held in range(3):
        term = LeaderTermFactory(
            post__organization=world.units[held],
            post__starts_on=world.year["starts_on"],
            **world.year,
        )
        for slot in slots[:held]:
            LeaderLinkFactory(
                leader=term.leader,
                slot=slot,
                community=world.places[2],
                **world.year,
            )


def _add_whistles(world):
    late = IssuedWhistleFactory(
        community=world.places[1], state="dispatched", issued_at=days_ago(9)
    )
    WhistleResponseFactory(
        whistle=late,
        organization=world.units[1],
        asked_at=days_ago(9),
        due_at=days_ago(3),
    )
    for place, resolution, days in ((0, "solved", 8), (2, "", MONTHS_AGO)):
        issued = days_ago(days)
        whistle = IssuedWhistleFactory(
            community=world.places[place],
            state="closed",
            issued_at=issued,
            ended_at=issued + timedelta(hours=8),
            delivered_at=issued + timedelta(hours=7),
            resolution=resolution,
            is_satisfied=True if resolution else None,
            rated_at=issued + timedelta(hours=8) if resolution else None,
        )
        DeliveredResponseFactory(
            whistle=whistle,
            organization=world.units[place // 2],
            asked_at=issued,
            accept_due_at=issued + timedelta(hours=4),
            accepted_at=issued + timedelta(hours=2 if resolution else 5),
            delivered_at=issued + timedelta(hours=7),
        )


def _add_tasks(world, today):
    for unit, days in ((0, -3), (2, -1), (1, 5)):
        TaskAssignmentFactory(
            task__campaign=world.campaign,
            task__due_on=today + timedelta(days=days),
            organization=world.units[unit],
            state=TaskAssignment.State.ASSIGNED,
        )


def _add_shifts(world):
    for unit, place, days, state in (
        (0, 0, 4, "settled"),
        (0, 2, MONTHS_AGO, "settled"),
        (1, 1, 30, "scheduled"),
    ):
        start = days_ago(days)
        shift = PastShiftFactory(
            activity__campaign=world.campaign,
            activity__organization=world.units[unit],
            activity__community=world.places[place],
            activity__starts_at=start,
            state=Shift.State(state),
            taken=2,
        )
        if state == "settled":
            RecordFactory.create_batch(2, shift=shift)
