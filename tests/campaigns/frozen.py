"""A frozen campaign with something of every kind, and people who would move it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.actions.campaigns import freeze_campaign
from campaigns.models import Activity, ActivityPartner, Campaign
from tests.communities.trees import branch, committee
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityPartnerFactory
from tests.factories.campaigns import (
    CampaignFactory,
    EvidenceFactory,
    PastActivityFactory,
)

State = Activity.State
LAST_DAY = date(2026, 8, 31)
DAY_AFTER = date(2026, 9, 1)
JUNE_3 = timezone.make_aware(datetime(2026, 6, 3, 9))


def record(campaign, organization, **values):
    """Held on 3 June, with a photo."""
    activity = PastActivityFactory(
        **{
            "campaign": campaign,
            "organization": organization,
            "starts_at": JUNE_3,
            "ends_at": JUNE_3 + timedelta(hours=2),
            "participant_count": 20,
            **values,
        }
    )
    EvidenceFactory(activity=activity)
    return activity


@dataclass
class Scene:
    """`counted` stands in the figures, led by `leader` and joined by `partner`."""

    campaign: Campaign
    counted: Activity
    partner: ActivityPartner
    asked: ActivityPartner
    late: dict[str, Activity] = field(default_factory=dict)
    recorder: User = field(default_factory=UserFactory)
    reviewer: User = field(default_factory=UserFactory)

    @property
    def leader(self):
        return self.counted.organization


def frozen_scene() -> Scene:
    """Freezes a campaign with one joint approved activity and late ones of each state.

    Of the leading committee; another organisation was asked to join and has not
    answered.
    """
    campaign = CampaignFactory(state=Campaign.State.CLOSING, closes_on=LAST_DAY)
    leader = committee()
    counted = record(campaign, leader, state=State.APPROVED)
    partner = ActivityPartnerFactory(
        activity=counted,
        organization=branch(committee(leader.parent)),
        state="confirmed",
    )
    scene = Scene(campaign, counted, partner, ActivityPartnerFactory(activity=counted))
    for state in Activity.UNFINISHED_STATES:
        scene.late[state] = record(campaign, leader, state=state)
    Activity.objects.filter(state=State.SUBMITTED).update(
        submitted_at=timezone.now(), submitted_by=scene.recorder
    )
    scene.campaign = freeze_campaign(campaign=campaign, today=DAY_AFTER, by=None)
    return scene
