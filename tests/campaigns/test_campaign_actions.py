"""A campaign is started, wound up, frozen and archived."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.campaigns import (
    CampaignRefused,
    activate_campaign,
    archive_campaign,
    freeze_campaign,
    freeze_due_campaigns,
    start_closing,
)
from campaigns.models import Activity, Campaign
from campaigns.tasks import freeze_campaigns
from core.audit import history_of
from core.models.states import MoveRefused
from core.working_days import CalendarMissing
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory, CampaignFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db
State = Campaign.State
SEPTEMBER_24 = date(2026, 9, 24)  # then 中秋 and 国庆; October 10 is worked
LAST_DAY = date(2026, 10, 15)
NEXT_DAY = date(2026, 10, 16)


@pytest.fixture
def office():
    return UserFactory()


def _closing(closes_on=LAST_DAY, **values):
    return CampaignFactory(state=State.CLOSING, closes_on=closes_on, **values)


def test_activated_campaign_takes_records(office):
    campaign = CampaignFactory(state=State.PLANNED)

    campaign = activate_campaign(campaign=campaign, by=office)

    assert campaign.takes_records


def test_closing_ends_on_the_tenth_working_day_after_today(office):
    campaign = CampaignFactory()

    campaign = start_closing(campaign=campaign, today=SEPTEMBER_24, by=office)

    assert (campaign.state, campaign.closes_on) == (State.CLOSING, LAST_DAY)


def test_closing_without_a_calendar_is_refused_and_changes_nothing(office):
    campaign = CampaignFactory()

    with pytest.raises(CalendarMissing, match="放假调休"):
        start_closing(campaign=campaign, today=date(2050, 1, 3), by=office)

    campaign.refresh_from_db()
    assert (campaign.state, campaign.closes_on) == (State.ACTIVE, None)


def test_closing_tells_each_official_with_unfinished_activities_once(office):
    unit = OrganizationFactory(kind="committee")
    branch = OrganizationFactory(parent=unit)
    told = MembershipFactory(role="unit", organization=unit).user
    MembershipFactory(role="unit", organization=branch, user=told)
    ActivityFactory.create_batch(2, organization=branch)
    ActivityFactory(organization=unit, state=Activity.State.SUBMITTED)
    finished = ActivityFactory(state=Activity.State.APPROVED)
    MembershipFactory(role="unit", organization=finished.organization)

    start_closing(campaign=CampaignFactory(), today=SEPTEMBER_24, by=office)

    [message] = Notification.objects.all()
    assert message.recipient == told
    assert "2026年10月15日" in message.body
    assert "3项活动" in message.body


def test_freezing_after_the_last_day_needs_no_reason(office):
    campaign = freeze_campaign(campaign=_closing(), today=NEXT_DAY, by=office)

    assert campaign.state == State.FROZEN
    assert campaign.frozen_at is not None


def test_freezing_on_the_last_day_is_early_and_refused_without_a_reason(office):
    with pytest.raises(CampaignRefused, match="提前冻结须写明理由"):
        freeze_campaign(campaign=_closing(), today=LAST_DAY, by=office, reason=" ")


def test_early_freezing_with_a_reason_keeps_it(office):
    campaign = freeze_campaign(
        campaign=_closing(), today=SEPTEMBER_24, by=office, reason="上级要求"
    )

    entry = history_of(campaign).get(verb="campaigns.campaign_frozen")
    assert (entry.reason, entry.actor_id) == ("上级要求", office.pk)


def test_active_campaign_is_not_frozen(office):
    with pytest.raises(MoveRefused):
        freeze_campaign(
            campaign=CampaignFactory(), today=LAST_DAY, by=office, reason="急"
        )


def test_audit_says_how_much_was_frozen(office):
    campaign = _closing()
    ActivityFactory(state=Activity.State.APPROVED)
    ActivityFactory.create_batch(2)

    freeze_campaign(campaign=campaign, today=NEXT_DAY, by=office)

    entry = history_of(campaign).get(verb="campaigns.frozen_figure_created")
    assert entry.data == {"rows": 1, "activities": 1, "to_addendum": 2}


def test_due_campaigns_are_frozen_once_and_others_left_alone():
    due = _closing()
    kept = [
        _closing(NEXT_DAY, title="次日到期"),
        CampaignFactory(title="进行中"),
    ]

    counts = [freeze_due_campaigns(today=NEXT_DAY) for _time in range(2)]

    assert counts == [1, 0]
    due.refresh_from_db()
    assert due.state == State.FROZEN
    for campaign in kept:
        before = campaign.state
        campaign.refresh_from_db()
        assert campaign.state == before


def test_clock_freezes_when_the_last_day_is_over_in_beijing(time_machine):
    _closing()

    counts = []
    for hour, minute in [(15, 59), (16, 0)]:  # 23:59 and 00:00 in Beijing
        time_machine.move_to(datetime(2026, 10, 15, hour, minute, tzinfo=UTC))
        counts.append(freeze_campaigns())

    assert counts == [0, 1]


def test_clock_runs_every_hour():
    entry = settings.CELERY_BEAT_SCHEDULE["freeze campaigns"]

    assert entry == {"task": freeze_campaigns.name, "schedule": 3600}


def test_archived_campaign_takes_no_records(office):
    campaign = CampaignFactory(state=State.FROZEN)

    campaign = archive_campaign(campaign=campaign, by=office)

    assert not campaign.takes_records


def test_campaign_with_a_late_record_in_review_is_not_archived(office):
    campaign = CampaignFactory(state=State.FROZEN)
    ActivityFactory(state=Activity.State.SUBMITTED, submitted_at=timezone.now())

    with pytest.raises(CampaignRefused, match="还有1项活动待审核"):
        archive_campaign(campaign=campaign, by=office)
