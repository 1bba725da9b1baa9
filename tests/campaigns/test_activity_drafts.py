"""What was typed into the form of an activity and not sent comes back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import draft_of, save_draft
from tests.factories.activities import StudySessionFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    InitiativeFactory,
)
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db
NEW = reverse("campaigns:activity_create")


@pytest.fixture
def desk(signed_in, unit_official):
    return signed_in(unit_official)


def keep(user, key, **fields):
    values = {name: [str(value)] for name, value in fields.items()}
    save_draft(owner=user, key=key, fields=values, now=timezone.now())


def opened(client, url):
    """The form as its page shows it: visible and hidden values by name."""
    form = client.get(url).context["form"]
    return {field.name: field.value() for field in form}, form


def edit_url(activity):
    return reverse("campaigns:activity_edit", args=[activity.pk])


def as_opened(client, activity):
    """The hidden values of the page, as a browser would send them with a draft."""
    page = client.get(edit_url(activity))
    form = page.context["form"]
    return {
        form.add_initial_prefix(name): str(value)
        for name, field in form.fields.items()
        if field.show_hidden_initial and (value := form[name].value()) not in (None, "")
    }


def restored(client, activity):
    return client.get(edit_url(activity)).context["form"].restored


def test_draft_of_a_new_activity_comes_back_with_a_notice(desk, unit_official):
    keep(unit_official, "activity-new", title="清洁家园", starts_at="2026-05-03T09:00")

    page = desk.get(NEW).content.decode()

    assert 'value="清洁家园"' in page
    assert 'value="2026-05-03T09:00"' in page
    assert "未提交的内容" in page


def test_draft_is_of_one_person_and_one_form(desk, signed_in, organization):
    colleague = MembershipFactory(role="unit", organization=organization).user
    initiative = InitiativeFactory()
    keep(colleague, "activity-new", title="清洁家园")

    pages = [
        desk.get(NEW),
        signed_in(colleague).get(NEW),
        signed_in(colleague).get(NEW, {"initiative": initiative.pk}),
    ]

    assert ["清洁家园" in page.content.decode() for page in pages] == [
        False,
        True,
        False,
    ]


def test_draft_gives_back_an_unticked_box(desk, unit_official):
    keep(unit_official, "activity-new", title="清洁家园")

    values, _form = opened(desk, NEW)

    assert values["is_public"] is False


def test_draft_brings_back_only_what_its_user_changed(
    desk, organization, unit_official
):
    activity = ActivityFactory(organization=organization, title="旧名称")
    before = as_opened(desk, activity)
    keep(
        unit_official,
        f"activity-{activity.pk}",
        **before,
        title="我改的名称",
        place=activity.place,
        is_public="on",
    )
    activity.place = "别人改的地点"
    activity.save()

    values, form = opened(desk, edit_url(activity))

    assert (values["title"], values["place"]) == ("我改的名称", "别人改的地点")
    assert (form.restored, form.contested) == (["title"], [])


def test_draft_saved_from_its_page_changes_only_what_its_user_changed(
    desk, organization, unit_official
):
    activity = ActivityFactory(organization=organization, title="旧名称")
    before = as_opened(desk, activity)
    keep(unit_official, f"activity-{activity.pk}", **before, title="我改的名称")
    activity.text = "别人改的说明"
    activity.save()
    form = desk.get(edit_url(activity)).context["form"]
    sent = {}
    for field in form:
        sent[field.html_name] = field.value() if field.value() is not None else ""
    for name in as_opened_now(form):
        sent[name] = as_opened_now(form)[name]
    sent.pop("photos")

    response = desk.post(edit_url(activity), sent)

    activity.refresh_from_db()
    assert (response.status_code, activity.title, activity.text) == (
        302,
        "我改的名称",
        "别人改的说明",
    )


def as_opened_now(form):
    """Hidden values as the page has drawn them, restored fields included."""
    hidden = {}
    for name, field in form.fields.items():
        if field.show_hidden_initial:
            html_name = form.add_initial_prefix(name)
            initial = form.get_initial_for_field(field, name)
            value = form.data.get(html_name, field.prepare_value(initial))
            hidden[html_name] = "" if value is None else value
    return hidden


def test_page_draws_what_the_record_says_beside_what_was_typed(
    desk, organization, unit_official
):
    activity = ActivityFactory(organization=organization, title="旧名称")
    before = as_opened(desk, activity)
    keep(unit_official, f"activity-{activity.pk}", **before, title="我改的名称")

    page = desk.get(edit_url(activity)).content.decode()

    assert 'name="initial-title" value="旧名称"' in page
    assert 'name="title" value="我改的名称"' in page


def test_draft_names_what_both_changed(desk, organization, unit_official):
    activity = ActivityFactory(organization=organization, title="旧名称")
    before = as_opened(desk, activity)
    keep(unit_official, f"activity-{activity.pk}", **before, title="我改的名称")
    activity.title = "别人改的名称"
    activity.save()

    response = desk.get(edit_url(activity))

    assert response.context["form"].contested == ["title"]
    assert "其间有人改过：活动名称。" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("starts_at", "2031-01-01T09:00"), ("participant_count", "12"), ("risk", "high")],
)
def test_draft_unchanged_fields_of_every_kind_stay(
    field, value, desk, organization, unit_official
):
    activity = ActivityFactory(organization=organization)
    before = as_opened(desk, activity)
    typed = {name.removeprefix("initial-"): held for name, held in before.items()}
    keep(unit_official, f"activity-{activity.pk}", **before, **{**typed, field: value})

    assert restored(desk, activity) == [field]


def test_draft_of_a_detail_comes_back(desk, organization, unit_official):
    study = StudySessionFactory(activity__organization=organization, host="旧主持人")
    before = as_opened(desk, study.activity)
    key = f"activity-{study.activity_id}"
    keep(unit_official, key, **before, host="新主持人", is_public="on")

    values, form = opened(desk, edit_url(study.activity))

    assert (values["host"], form.restored) == ("新主持人", ["host"])


def test_draft_that_says_what_the_record_says_is_not_mentioned(
    desk, organization, unit_official
):
    activity = ActivityFactory(organization=organization, title="旧名称")
    before = as_opened(desk, activity)
    key = f"activity-{activity.pk}"
    keep(unit_official, key, **before, title="新名称", is_public="on")
    activity.title = "新名称"
    activity.save()

    response = desk.get(edit_url(activity))

    assert "未提交的内容" not in response.content.decode()


def test_draft_of_nonsense_is_shown_and_does_no_harm(desk, unit_official):
    keep(
        unit_official,
        "activity-new",
        starts_at="明天",
        organization="abc",
        participant_count="9" * 50,
        nothing="x",
        title="<script>",
    )

    page = desk.get(NEW)

    assert page.status_code == 200
    assert "&lt;script&gt;" in page.content.decode()


def test_draft_goes_when_the_record_is_saved(desk, organization, unit_official):
    initiative = InitiativeFactory()
    key = f"activity-initiative-{initiative.pk}"
    keep(unit_official, key, title="清洁家园")
    values = {
        "organization": organization.pk,
        "campaign": CampaignFactory().pk,
        "initiative": initiative.pk,
        "title": "清洁家园",
        "starts_at": "2026-05-03T09:00",
        "ends_at": "2026-05-03T11:00",
        "place": "示例广场",
        "risk": "low",
    }
    url = f"{NEW}?initiative={initiative.pk}"
    refused = desk.post(url, {**values, "title": ""})
    still = draft_of(owner=unit_official, key=key, now=timezone.now())

    saved = desk.post(url, values)

    assert (refused.status_code, still is not None, saved.status_code) == (
        422,
        True,
        302,
    )
    assert draft_of(owner=unit_official, key=key, now=timezone.now()) is None
