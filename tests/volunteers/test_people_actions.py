"""A unit that answers a whistle asks for people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Notification
from campaigns.actions.activities import ActivityRefused
from campaigns.models import Activity, Campaign, Initiative, WhistleEntry
from campaigns.rules import WhistleRefused
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignFactory, InitiativeFactory
from tests.factories.communities import MemberReportInFactory
from tests.factories.whistles import DeliveredResponseFactory, HandlingResponseFactory
from volunteers.actions import ShiftRefused, cancel_activity_with_shifts
from volunteers.actions.people import ask_for_people
from volunteers.models import Shift

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def campaign():
    return CampaignFactory()


@pytest.fixture
def response():
    """Accepted, and nothing done yet."""
    return HandlingResponseFactory(
        state="accepted",
        whistle__state="accepted",
        whistle__title="示例居民家漏水",
        whistle__text="示例居民在家",
        whistle__place="示例小区3栋",
    )


def ask(response, *, by=None, ahead=3 * DAY, now=None):
    now = now or timezone.now()
    values = {
        "title": "示例召集",
        "place": "示例广场",
        "starts_at": now + ahead,
        "ends_at": now + ahead + timedelta(hours=2),
        "people": 12,
    }
    return ask_for_people(
        response=response, values=values, by=by or UserFactory(), now=now
    )


def test_asking_opens_a_public_activity_with_one_shift(response, campaign):
    shift = ask(response)

    activity = response.activities.get()
    initiative = Initiative.objects.get(title="社区吹哨、党员报到")
    assert (activity.state, activity.is_public, activity.counts_as_service) == (
        "published",
        True,
        True,
    )
    assert (activity.campaign, activity.initiative) == (campaign, initiative)
    assert activity.organization == response.organization
    assert activity.community == response.whistle.community
    assert list(activity.shifts.all()) == [shift]
    assert (shift.capacity, shift.place) == (12, "示例广场")
    assert (shift.starts_at, shift.ends_at) == (activity.starts_at, activity.ends_at)


def test_asking_is_written_into_the_log_and_begins_the_work(response):
    ask(response)

    response.refresh_from_db()
    entry = response.entries.get()
    assert (entry.kind, entry.text) == (WhistleEntry.Kind.PEOPLE_ASKED, "示例召集")
    assert (response.state, response.whistle.state) == ("handling", "handling")


def test_public_activity_says_nothing_of_what_the_whistle_says(response):
    shift = ask(response)

    public = " ".join(
        str(getattr(row, field.name))
        for row in (shift, shift.activity)
        for field in row._meta.concrete_fields
        if field.name != "whistle_response"
    )
    assert not [word for word in ("居民", "漏水", "3栋") if word in public]


def test_asking_a_second_time_gives_the_same_shift(response):
    first = ask(response)

    assert ask(response) == first
    assert Activity.objects.count() == 1


def test_asking_again_after_cancelling_opens_another(response):
    first = ask(response)
    cancel_activity_with_shifts(
        activity=first.activity, reason="下雨", by=UserFactory(), now=timezone.now()
    )

    assert ask(response) != first
    assert response.activities.count() == 2


def test_asking_after_delivery_is_refused():
    response = DeliveredResponseFactory()

    with pytest.raises(WhistleRefused, match="接单后、交付前"):
        ask(response)

    assert not Activity.objects.exists()


def test_asking_without_a_campaign_leaves_nothing_behind(response, campaign):
    Campaign.objects.update(state=Campaign.State.PLANNED)

    with pytest.raises(ActivityRefused, match="没有进行中的行动"):
        ask(response)

    response.refresh_from_db()
    assert response.state == "accepted"
    assert not Activity.objects.exists()


def test_asking_for_yesterday_is_refused(response):
    with pytest.raises(ShiftRefused, match="开始时间已过"):
        ask(response, ahead=-DAY)

    assert not Shift.objects.exists()


def test_without_its_own_initiative_another_of_service_is_taken(response):
    Initiative.objects.filter(title__contains="社区吹哨").update(is_open=False)
    Initiative.objects.filter(pillar__code="service").update(counts_as_service=False)
    other = InitiativeFactory(title="示例服务")

    shift = ask(response)

    assert shift.activity.initiative == other


@pytest.mark.parametrize(
    ("ahead", "before"),
    [
        (3 * DAY, timedelta(hours=24)),
        (DAY, timedelta(hours=1)),
        (timedelta(hours=1), timedelta()),
    ],
    ids=["days ahead", "tomorrow", "in an hour"],
)
def test_signup_stays_open_long_enough_to_come(ahead, before, response):
    shift = ask(response, ahead=ahead)

    assert shift.starts_at - shift.signup_closes_at == before


def test_members_living_there_are_invited_once_without_mail(response):
    community = response.whistle.community
    near = MemberReportInFactory(signed=True, community=community).user
    MemberReportInFactory(community=community)  # waits for the community
    MemberReportInFactory(signed=True)  # lives elsewhere
    asking = MemberReportInFactory(signed=True, community=community).user

    shift = ask(response, by=asking)
    ask(response, by=asking)

    said = Notification.objects.get(kind="people_wanted")
    assert (said.recipient, said.path) == (near, shift.get_absolute_url())
    assert said.outbox_state == Notification.OutboxState.INBOX
    assert "自愿参加，不参加不用回复" in said.body


def test_inviting_more_members_asks_no_more_often():
    asked = []
    for count in (1, 3):
        response, by = HandlingResponseFactory(), UserFactory()
        MemberReportInFactory.create_batch(
            count, signed=True, community=response.whistle.community
        )
        with CaptureQueriesContext(connection) as queries:
            ask(response, by=by)
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert Notification.objects.filter(kind="people_wanted").count() == 4
