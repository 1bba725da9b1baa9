"""Pages of the progress matrix that are kept: never another's, never an old one."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from communities.actions.history import keep_version
from communities.models import OrganizationVersion
from core.dates import moment_text
from tests.factories.campaigns import CampaignFactory, InitiativeFactory
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db
URL = "/overview/progress/"


@pytest.fixture(autouse=True)
def campaign():
    return CampaignFactory()


@pytest.fixture
def office(signed_in, office_official, organization):
    return signed_in(office_official)


def test_kept_page_says_the_moment_it_is_looked_at(office):
    now = timezone.now()
    moments = [now, now + timedelta(minutes=7)]

    shown = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            shown.append(office.get(URL).text)

    for moment, text in zip(moments, shown, strict=True):
        assert f"数据截至 {moment_text(moment)}。" in text


def test_kept_page_of_an_overseer_is_not_shown_to_the_highest_unit(
    office, signed_in, organization
):
    root = organization.parent or organization
    member = MembershipFactory(role="unit", organization=root)

    shown = [client.get(URL).text for client in (office, signed_in(member.user))]

    assert ['<nav class="tabs"' in text for text in shown] == [True, False]


def test_kept_page_follows_targets_and_campaigns(office, campaign):
    campaign.shows_targets = True
    campaign.save()
    initiative = InitiativeFactory(target_count=711, target_period="year")
    office.get(URL)

    initiative.target_count = 722
    initiative.save()
    aimed = office.get(URL).text
    CampaignFactory(title="另一行动", state="closing", starts_on=date(2025, 1, 1))

    assert "722" in aimed
    assert "另一行动" not in aimed
    assert "另一行动" in office.get(URL).text


def test_kept_page_of_a_frozen_campaign_follows_the_history(
    office, organization, campaign
):
    keep_version(organization)
    campaign.state, campaign.frozen_at = "frozen", timezone.now()
    campaign.save()
    office.get(URL)

    OrganizationVersion.objects.filter(organization=organization).update(
        unit_name="当时单位"
    )

    assert "当时单位" in office.get(URL).text
