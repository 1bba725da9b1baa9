"""Campaigns move by action; pillars keep their codes; activities are looked at."""

import pytest
from django.contrib import admin

from campaigns.models import Activity, Campaign, Initiative, Pillar
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    PillarFactory,
)

pytestmark = pytest.mark.django_db
STEPS = [
    ("planned", "activate", "active"),
    ("active", "start_closing", "closing"),
    ("closing", "freeze", "frozen"),
    ("frozen", "archive", "archived"),
]


def move(client, campaign, action, reason="示例理由"):
    return client.post(
        admin_url("campaigns.Campaign", "changelist"),
        {
            "action": action,
            "_selected_action": [campaign.pk],
            "confirmed": "yes",
            "reason": reason,
        },
        follow=True,
    )


@pytest.mark.parametrize(("before", "action", "after"), STEPS)
def test_campaign_moves_with_reason_and_audit(before, action, after, office):
    campaign = CampaignFactory(state=before)

    move(office, campaign, action)

    campaign.refresh_from_db()
    entry = history_of(campaign).first()
    assert campaign.state == after
    assert (entry.verb, entry.reason) == (f"campaigns.campaign_{after}", "示例理由")


def test_campaign_cannot_skip_a_state(office):
    campaign = CampaignFactory(state=Campaign.State.PLANNED)

    response = move(office, campaign, "freeze")

    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.PLANNED
    assert "不能改为“已冻结”" in response.content.decode()


@pytest.mark.parametrize("role", ["committee", "auditor"])
def test_campaign_is_not_moved_by_others(role, client_of):
    campaign = CampaignFactory(state=Campaign.State.PLANNED)

    move(client_of(role), campaign, "activate")

    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.PLANNED


def test_campaign_frozen_is_closed_for_changes(office):
    campaign = CampaignFactory(state=Campaign.State.FROZEN)

    response = office.post(
        admin_url("campaigns.Campaign", "change", campaign.pk),
        {"title": "改名", "starts_on": "2026-01-01"},
    )

    assert response.status_code == 403


def test_campaign_state_is_not_taken_from_the_form(office):
    campaign = CampaignFactory(state=Campaign.State.PLANNED)

    office.post(
        admin_url("campaigns.Campaign", "change", campaign.pk),
        {"title": "改名后的行动", "starts_on": "2026-01-01", "state": "archived"},
    )

    campaign.refresh_from_db()
    assert (campaign.title, campaign.state) == ("改名后的行动", "planned")


def test_campaign_saved_late_keeps_the_state_it_moved_to(rf, office_official):
    request = rf.post("/")
    request.user = office_official
    page = admin.site.get_model_admin(Campaign)
    opened = CampaignFactory(state=Campaign.State.PLANNED)
    Campaign.objects.get(pk=opened.pk).move_to("active", by=office_official)
    data = {"title": "改名后的行动", "starts_on": "2026-01-01"}
    form = page.get_form(request, opened, change=True)(data, instance=opened)
    assert form.is_valid()

    page.save_model(request, opened, form, change=True)

    saved = Campaign.objects.get(pk=opened.pk)
    assert (saved.title, saved.state) == ("改名后的行动", "active")


def test_pillar_keeps_its_code(office):
    pillar = PillarFactory(code=Pillar.Code.SERVICE)

    office.post(
        admin_url("campaigns.Pillar", "change", pillar.pk),
        {"title": "志愿服务", "summary": "示例要求", "code": "duty", "position": "9"},
    )

    changed = Pillar.objects.get(pk=pillar.pk)
    assert (changed.title, changed.summary) == ("志愿服务", "示例要求")
    assert (changed.code, changed.position) == (pillar.code, pillar.position)


def test_initiative_with_a_taken_title_is_refused(office):
    pillar = PillarFactory()
    data = {"pillar": pillar.pk, "title": "同名举措", "position": "1"}
    data |= {"kind": "publicity", "photos_wanted": "1"}
    office.post(admin_url("campaigns.Initiative", "add"), data)

    response = office.post(admin_url("campaigns.Initiative", "add"), data)

    assert response.context["adminform"].form.non_field_errors() == [
        "该板块下已有同名举措。"
    ]
    assert Initiative.objects.filter(title="同名举措").count() == 1


def test_activity_list_hides_drafts(office):
    ActivityFactory(state=Activity.State.DRAFT)
    submitted = ActivityFactory(state=Activity.State.SUBMITTED)

    response = office.get(admin_url("campaigns.Activity", "changelist"))

    assert list(response.context["cl"].queryset) == [submitted]


def test_activity_draft_is_not_found(office):
    draft = ActivityFactory(state=Activity.State.DRAFT)

    response = office.get(admin_url("campaigns.Activity", "change", draft.pk))

    assert response.status_code == 404


def test_activity_awaiting_review_links_to_its_page(office):
    activity = ActivityFactory(state=Activity.State.SUBMITTED)

    page = office.get(admin_url("campaigns.Activity", "changelist")).content.decode()

    assert f'<a href="{activity.get_absolute_url()}">审核</a>' in page


def test_activity_page_shows_its_photos(office):
    photo = EvidenceFactory(
        activity__state=Activity.State.SUBMITTED, purpose="示例照片说明"
    )

    page = office.get(admin_url("campaigns.Activity", "change", photo.activity_id))

    assert f'href="{photo.url}"' in page.content.decode()
    assert "示例照片说明" in page.content.decode()
