"""A claimed need becomes the draft of an activity, once."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from campaigns.actions import ActivityRefused, create_activity_from_claim
from campaigns.models import Activity, Campaign, Initiative
from communities.actions.need_claims import deliver_claim, withdraw_claim
from communities.models import NeedClaim, Organization
from core.models import AuditEntry
from tests.communities.needs import claim
from tests.factories.campaigns import CampaignFactory, InitiativeFactory
from tests.factories.needs import PublishedNeedFactory
from tests.threads import before_commit_of


def drafting(made, by):
    return create_activity_from_claim(claim=made, by=by, now=timezone.now())


def at(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.fixture
def service(db):
    """A campaign under way and the initiatives of the pillar "service"."""
    CampaignFactory()
    Initiative.objects.update(is_open=False)
    InitiativeFactory(title="示例会议", counts_as_service=False, position=0)
    return InitiativeFactory(title="示例志愿服务", position=1)


def test_draft_takes_over_what_the_need_says(service):
    day = timezone.localdate() + timedelta(days=20)
    need = PublishedNeedFactory(title="清理楼道", text="带上手套", wanted_by=day)
    made, official = claim(need)

    activity = drafting(made, official)

    assert (activity.state, activity.need_claim) == ("draft", made)
    assert (activity.title, activity.text) == ("清理楼道", "带上手套")
    assert (activity.organization, activity.created_by) == (
        made.organization,
        official,
    )
    assert (activity.community, activity.place) == (
        need.community,
        need.community.name,
    )
    assert (activity.starts_at, activity.ends_at) == (at(day, 9), at(day, 11))


def test_draft_stands_under_the_first_initiative_that_gives_hours(service):
    activity = drafting(*claim(PublishedNeedFactory()))

    assert (activity.initiative, activity.pillar) == (service, service.pillar)
    assert activity.counts_as_service is True


def test_need_without_a_day_is_drafted_a_week_ahead(service):
    activity = drafting(*claim(PublishedNeedFactory()))

    assert activity.starts_at == at(timezone.localdate() + timedelta(days=7), 9)


def test_need_wanted_today_is_drafted_a_week_ahead(service):
    need = PublishedNeedFactory(wanted_by=timezone.localdate())

    activity = drafting(*claim(need))

    assert activity.starts_at == at(timezone.localdate() + timedelta(days=7), 9)


def test_draft_is_recorded_with_its_need(service):
    need = PublishedNeedFactory(title="清理楼道")

    drafting(*claim(need))

    line = AuditEntry.objects.latest("pk")
    assert (line.verb, line.data) == (
        "campaigns.activity_created",
        {"need": "清理楼道"},
    )


def test_second_click_leads_to_the_same_draft(service):
    made, official = claim(PublishedNeedFactory())

    assert drafting(made, official) == drafting(made, official)

    assert Activity.objects.count() == 1


def test_cancelled_activity_makes_room_for_another(service):
    made, official = claim(PublishedNeedFactory())
    first = drafting(made, official)
    first.move_to(Activity.State.CANCELLED, by=official, reason="下雨")

    assert drafting(made, official) != first


def test_claim_that_was_given_up_gets_no_activity(service):
    made, official = claim(PublishedNeedFactory())
    withdraw_claim(claim=made, reason="车辆故障", by=official)

    with pytest.raises(ActivityRefused, match="认领已结束"):
        drafting(made, official)


def test_activity_made_before_the_delivery_is_still_found(service):
    made, official = claim(PublishedNeedFactory())
    activity = drafting(made, official)
    deliver_claim(claim=made, by=official)

    assert drafting(made, official) == activity


def test_organisation_that_is_closed_gets_no_activity(service):
    made, official = claim(PublishedNeedFactory())
    made.organization.move_to(Organization.State.SUSPENDED, by=None)

    with pytest.raises(ActivityRefused, match="停用"):
        drafting(made, official)


def test_no_activity_between_two_campaigns(service):
    Campaign.objects.update(state=Campaign.State.FROZEN)

    with pytest.raises(ActivityRefused, match="没有进行中的行动"):
        drafting(*claim(PublishedNeedFactory()))


def test_no_activity_without_an_open_initiative(service):
    Initiative.objects.update(is_open=False)

    with pytest.raises(ActivityRefused, match="没有启用的举措"):
        drafting(*claim(PublishedNeedFactory()))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_draft():
    CampaignFactory()
    InitiativeFactory()
    made, official = claim(PublishedNeedFactory())

    with before_commit_of(lambda: drafting(made, official)) as start:
        late = start(lambda: drafting(made, official))

    assert late.result() == Activity.objects.get()
    assert NeedClaim.objects.get().activities.count() == 1
