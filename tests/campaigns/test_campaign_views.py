"""Pages of campaigns: the list, one campaign, the office's own."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.actions.campaigns import freeze_campaign
from campaigns.actions.words import rename_pillar
from campaigns.models import Activity, Campaign
from tests.factories.campaigns import ActivityFactory, CampaignFactory
from tests.factories.documents import (
    CampaignDocumentFactory,
    PublishedDocumentFactory,
)

pytestmark = pytest.mark.django_db
State = Campaign.State
LIST = reverse("campaigns:campaign_list")
DESK = reverse("campaigns:campaign_desk")


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def _page(client, campaign):
    return client.get(campaign.get_absolute_url()).content.decode()


def _numbered(count, **values):
    return [
        CampaignFactory(title=f"示例行动{number}", **values) for number in range(count)
    ]


def test_campaign_page_says_its_days_and_the_test_window(client):
    campaign = CampaignFactory(
        cycle="第七届（2024—2026年）",
        slogan="走在前，作表率",
        ends_on=date(2026, 12, 31),
        test_starts_on=date(2026, 9, 1),
        test_ends_on=date(2026, 9, 30),
    )

    page = _page(client, campaign)

    for words in (
        "第七届（2024—2026年）",
        "走在前，作表率",
        "2026年12月31日",
        "测评期",
        "2026年9月30日",
        "进行中",
    ):
        assert words in page


def test_campaign_page_shows_the_letter_as_html_and_lists_other_papers(client):
    campaign = CampaignFactory()
    PublishedDocumentFactory(kind="letter", title="致党员的信", text="**走在前**")
    notice = PublishedDocumentFactory(file="documents/x.pdf", file_name="通知.pdf")
    draft = CampaignDocumentFactory(title="草稿通知")

    page = _page(client, campaign)

    assert "<strong>走在前</strong>" in page
    assert notice.get_absolute_url() in page
    assert reverse("campaigns:document_file", args=[notice.pk]) in page
    assert draft.title not in page


def test_campaign_page_counts_approved_activities_by_pillar(client):
    activity = ActivityFactory(state=Activity.State.APPROVED, is_public=False)
    ActivityFactory(organization=activity.organization)

    context = client.get(activity.campaign.get_absolute_url()).context

    counts = {row.code: row.count for row in context["pillars"] if row.count}
    assert counts == {"service": 1}
    assert (context["activity_count"], context["owner_count"]) == (1, 1)


def test_closing_campaign_says_until_when_records_count(client):
    campaign = CampaignFactory(state=State.CLOSING, closes_on=date(2026, 10, 15))

    assert "数据将在2026年10月15日（周四）之后冻结" in _page(client, campaign)


def test_frozen_campaign_shows_its_figures_and_words_of_that_day(
    client, time_machine, office_official
):
    time_machine.move_to(timezone.make_aware(datetime(2026, 10, 16, 9)), tick=False)
    campaign = CampaignFactory(state=State.CLOSING, closes_on=date(2026, 10, 15))
    activity = ActivityFactory(state=Activity.State.APPROVED)
    before = activity.pillar.title
    freeze_campaign(campaign=campaign, today=date(2026, 10, 16), by=office_official)
    ActivityFactory(state=Activity.State.APPROVED, in_addendum=True)
    rename_pillar(
        pillar=activity.pillar,
        title="改名后的板块",
        summary="",
        today=date(2026, 11, 1),
        by=None,
    )

    page = _page(client, campaign)

    assert "数据已冻结于2026年10月16日" in page
    assert "补充台账现有1项活动" in page
    assert "1 个党组织，1 项活动通过审核" in page
    assert before in page
    assert "改名后的板块" not in page


def test_archived_campaign_says_that_it_takes_no_records(client):
    page = _page(client, CampaignFactory(state=State.ARCHIVED))

    assert "行动已归档，不再接受记录" in page


def test_list_leaves_planned_campaigns_out(client):
    shown = CampaignFactory()
    CampaignFactory(title="筹备的行动", state=State.PLANNED)

    response = client.get(LIST)

    assert list(response.context["page"]) == [shown]


def test_list_without_campaigns_says_where_to_go(client):
    assert "还没有开始的行动" in client.get(LIST).content.decode()


def test_home_page_leads_to_the_campaign(client):
    campaign = CampaignFactory()

    page = client.get("/").content.decode()

    assert f'<a href="{campaign.get_absolute_url()}">{campaign.title}</a>' in page


def test_desk_shows_each_campaign_with_its_papers(office):
    planned = CampaignFactory(title="筹备的行动", state=State.PLANNED)
    draft = CampaignDocumentFactory(campaign=planned)

    page = office.get(DESK).content.decode()

    assert draft.title in page
    assert reverse("campaigns:document_publish", args=[draft.pk]) in page
    assert reverse("campaigns:document_create", args=[planned.pk]) in page


def test_desk_without_campaigns_says_what_to_do(office):
    assert "先在管理后台建立行动" in office.get(DESK).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_fixed_number_of_queries(count, client, django_assert_num_queries):
    _numbered(count)

    with django_assert_num_queries(2):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_desk_asks_a_fixed_number_of_queries(count, office, django_assert_num_queries):
    for campaign in _numbered(count):
        CampaignDocumentFactory.create_batch(count, campaign=campaign)

    with django_assert_num_queries(7):
        office.get(DESK)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("state", "queries"), [(State.ACTIVE, 6), (State.FROZEN, 7)], ids=str
)
def test_campaign_page_asks_a_fixed_number_of_queries(
    state, queries, count, client, django_assert_num_queries
):
    campaign = CampaignFactory(state=state)
    PublishedDocumentFactory.create_batch(count, campaign=campaign)
    ActivityFactory.create_batch(count, state=Activity.State.APPROVED)

    with django_assert_num_queries(queries):
        client.get(campaign.get_absolute_url())
