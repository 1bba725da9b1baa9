"""Which campaigns are there to record in, and which is the one under way."""

from datetime import date

import pytest

from campaigns.models import Campaign
from campaigns.queries.campaigns import current_campaign, recording_campaigns
from tests.factories.campaigns import CampaignFactory

pytestmark = pytest.mark.django_db
State = Campaign.State


def _in_all_states():
    for year in (2024, 2025):
        for state in State:
            CampaignFactory(
                title=f"{state}{year}", state=state, starts_on=date(year, 1, 1)
            )


def test_recording_campaigns_put_what_is_under_way_before_frozen_ones():
    _in_all_states()

    titles = [campaign.title for campaign in recording_campaigns()]

    assert titles == [
        "active2025",
        "active2024",
        "closing2025",
        "closing2024",
        "frozen2025",
        "frozen2024",
    ]


def test_current_campaign_is_never_a_frozen_one():
    CampaignFactory(title="旧", state=State.CLOSING, starts_on=date(2024, 1, 1))
    CampaignFactory(title="新", state=State.FROZEN, starts_on=date(2025, 1, 1))

    assert current_campaign().title == "旧"
