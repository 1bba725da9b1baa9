"""Recording, publishing and submitting activities."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity, Campaign, Evidence, Pillar
from core.audit import history_of
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    ActivityFactory,
    CampaignFactory,
    EvidenceFactory,
    InitiativeFactory,
    PastActivityFactory,
    PillarFactory,
)
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.files import picture, upload

pytestmark = pytest.mark.django_db
LIST = reverse("campaigns:activity_list")
NEW = reverse("campaigns:activity_create")
State = Activity.State


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(signed_in, unit_official):
    """A client signed in for the organisation."""
    return signed_in(unit_official)


@pytest.fixture
def office(signed_in, office_official):
    """A client signed in for the civilization office."""
    return signed_in(office_official)


@pytest.fixture
def activity(organization):
    """A draft of the organisation, still to come."""
    return ActivityFactory(organization=organization)


def url_of(page, activity):
    return reverse(f"campaigns:activity_{page}", args=[activity.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def photos(*colors):
    return [upload(picture(color=color), f"{color}.jpg") for color in colors]


def filled(organization, /, **values):
    """What an official types about an activity that was held."""
    initiative = InitiativeFactory()
    typed = {
        "organization": organization.pk,
        "campaign": CampaignFactory().pk,
        "initiative": initiative.pk,
        "title": "清洁家园",
        "starts_at": "2026-05-03T09:00",
        "ends_at": "2026-05-03T11:00",
        "place": "示例广场",
        "text": "清扫背街小巷。",
        "participant_count": "12",
        "risk": "low",
        "is_public": "on",
        **values,
    }
    return {name: value for name, value in typed.items() if value is not None}


def test_activity_create_keeps_a_draft_with_two_photos(
    desk, organization, unit_official
):
    values = filled(
        organization, photos=photos("red", "blue"), photo_people="示例支部党员"
    )

    response = desk.post(NEW, values)

    activity = Activity.objects.get()
    assert (response.url, said(response)) == (
        activity.get_absolute_url(),
        ["活动已保存为草稿。"],
    )
    assert (activity.state, activity.created_by, activity.organization) == (
        State.DRAFT,
        unit_official,
        organization,
    )
    assert timezone.localtime(activity.starts_at).isoformat() == (
        "2026-05-03T09:00:00+08:00"
    )
    people = activity.evidence.values_list("people", flat=True)
    assert list(people) == ["示例支部党员"] * 2


def test_activity_create_takes_pillar_and_hours_from_the_initiative(desk, organization):
    pillar = PillarFactory(code=Pillar.Code.FAMILY)
    initiative = InitiativeFactory(pillar=pillar, title="家风", counts_as_service=False)

    desk.post(NEW, filled(organization, initiative=initiative.pk))

    activity = Activity.objects.get()
    assert (activity.pillar, activity.counts_as_service) == (pillar, False)


def test_activity_create_with_a_bad_photo_keeps_the_text_and_saves_nothing(
    desk, organization, tmp_path
):
    bad = upload(b"MZ\x90 not a photo", "病毒.jpg")
    values = filled(organization, photos=[*photos("red"), bad], photo_people="示例")

    response = desk.post(NEW, values)

    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        ["photos"],
    )
    assert ("病毒.jpg" in page, "清扫背街小巷。" in page) == (True, True)
    assert (Activity.objects.count(), list(tmp_path.rglob("*.jpg"))) == (0, [])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"title": ""}, "title", id="no title"),
        pytest.param({"title": "清\u200b洁"}, "title", id="zero-width sign"),
        pytest.param({"title": "长" * 61}, "title", id="long title"),
        pytest.param({"text": "长" * 501}, "text", id="long text"),
        pytest.param({"starts_at": "0000-00-00T00:00"}, "starts_at", id="no date"),
        pytest.param({"starts_at": "1999-12-31T23:00"}, "starts_at", id="year 1999"),
        pytest.param({"ends_at": "2026-05-03T09:00"}, "ends_at", id="no time"),
        pytest.param({"initiative": "999999"}, "initiative", id="no initiative"),
        pytest.param({"organization": "999999"}, "organization", id="no organisation"),
        pytest.param({"campaign": ""}, "campaign", id="no campaign"),
        pytest.param({"participant_count": "-1"}, "participant_count", id="below zero"),
        pytest.param(
            {"participant_count": "100001"}, "participant_count", id="too many"
        ),
        pytest.param({"risk": "none"}, "risk", id="no risk"),
    ],
)
def test_activity_create_names_the_field_in_error(values, field, desk, organization):
    response = desk.post(NEW, filled(organization, **values))

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        [field],
    )
    assert Activity.objects.count() == 0


def test_activity_create_with_photos_needs_a_caption(desk, organization):
    response = desk.post(NEW, filled(organization, photos=photos("red")))

    assert response.context["form"].errors == {"photo_people": ["请写明照片中的人物。"]}


def test_activity_create_with_ten_photos_is_refused(desk, organization):
    colors = [(number, 0, 0) for number in range(10)]

    response = desk.post(
        NEW, filled(organization, photos=photos(*colors), photo_people="示例")
    )

    assert response.context["form"].errors == {"photos": ["一次最多上传 9 张照片。"]}


def test_activity_create_with_the_same_pillar_twice_is_refused(desk, organization):
    pillar = InitiativeFactory().pillar

    response = desk.post(NEW, filled(organization, second_pillar=pillar.pk))

    assert response.context["form"].errors == {
        "second_pillar": ["第二板块不能与主板块相同。"]
    }


@pytest.mark.parametrize("state", ["planned", "archived"])
def test_activity_create_offers_no_closed_campaign(state, desk, organization):
    closed = CampaignFactory(title="示例旧行动", state=state)

    response = desk.post(NEW, filled(organization, campaign=closed.pk))

    assert list(response.context["form"].errors) == ["campaign"]


def test_activity_create_for_another_organization_is_refused(desk, organization):
    response = desk.post(NEW, filled(OrganizationFactory()))

    assert list(response.context["form"].errors) == ["organization"]


def test_activity_create_for_an_organization_below_is_kept(signed_in, organization):
    official = MembershipFactory(role="unit", organization=organization.parent).user

    signed_in(official).post(NEW, filled(organization))

    assert Activity.objects.get().organization == organization


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(UserFactory, id="volunteer"),
        pytest.param(lambda: MembershipFactory(role="office").user, id="office"),
        pytest.param(lambda: MembershipFactory(role="auditor").user, id="auditor"),
    ],
)
@pytest.mark.parametrize("url", [LIST, NEW])
def test_recording_pages_are_403_to_who_does_not_record(url, make, signed_in):
    assert signed_in(make()).get(url).status_code == 403


@pytest.mark.parametrize("url", [LIST, NEW])
def test_recording_pages_ask_the_anonymous_to_sign_in(url, client):
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_activity_edit_keeps_the_change_and_records_it(desk, organization, activity):
    values = filled(
        organization, title="新名称", photos=photos("red"), photo_people="示例"
    )

    response = desk.post(url_of("edit", activity), values)

    activity.refresh_from_db()
    assert (said(response), activity.title) == (["修改已保存。"], "新名称")
    assert activity.evidence.count() == 1
    assert "campaigns.activity_changed" in {row.verb for row in history_of(activity)}


def test_activity_edit_beyond_nine_photos_changes_nothing(desk, organization, activity):
    EvidenceFactory.create_batch(8, activity=activity)
    values = filled(organization, photos=photos("red", "blue"), photo_people="示例")

    response = desk.post(url_of("edit", activity), values)

    assert (response.status_code, response.context["form"].non_field_errors()) == (
        422,
        ["每条记录最多 9 个照片和文件。"],
    )
    assert Activity.objects.get().title == activity.title
    assert activity.evidence.count() == 8


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.CANCELLED])
def test_activity_edit_of_a_closed_activity_is_403(state, desk, organization):
    activity = ActivityFactory(organization=organization, state=state)

    assert desk.get(url_of("edit", activity)).status_code == 403


DESK_PAGES = ["edit", "publish", "submit", "review"]


def ask(client, page, activity):
    send = client.get if page == "edit" else client.post
    return send(url_of(page, activity))


@pytest.mark.parametrize("page", DESK_PAGES)
def test_desk_page_of_a_foreign_draft_is_404(page, signed_in, stranger, activity):
    other = MembershipFactory(role="unit", organization=OrganizationFactory()).user

    answers = [
        ask(signed_in(user), page, activity).status_code for user in (stranger, other)
    ]

    assert answers == [404, 404]


@pytest.mark.parametrize("page", DESK_PAGES)
def test_desk_page_of_a_public_activity_is_403_to_others(
    page, signed_in, stranger, organization
):
    activity = ActivityFactory(organization=organization, state=State.PUBLISHED)

    assert ask(signed_in(stranger), page, activity).status_code == 403


@pytest.mark.parametrize("page", DESK_PAGES)
def test_desk_page_asks_the_anonymous_to_sign_in(page, client, activity):
    assert ask(client, page, activity).url.startswith("/accounts/login/")


@pytest.mark.parametrize("page", ["publish", "submit", "review"])
def test_moves_take_no_get(page, desk, activity):
    assert desk.get(url_of(page, activity)).status_code == 405


def test_activity_publish_opens_it(desk, activity):
    response = desk.post(url_of("publish", activity))

    assert (said(response), Activity.objects.get().state) == (
        ["活动已发布。"],
        State.PUBLISHED,
    )


def test_activity_publish_without_safety_says_why(desk, organization):
    activity = ActivityFactory(organization=organization, risk="high")

    response = desk.post(url_of("publish", activity))

    assert said(response) == ["中、高风险活动须先填写保险和安全须知，才能发布。"]
    assert Activity.objects.get().state == State.DRAFT


def test_activity_submit_hands_it_over(desk, organization, unit_official):
    activity = PastActivityFactory(organization=organization)
    EvidenceFactory(activity=activity)

    response = desk.post(url_of("submit", activity))

    activity.refresh_from_db()
    assert said(response) == ["活动已提交文明办审核。"]
    assert (activity.state, activity.submitted_by) == (State.SUBMITTED, unit_official)


def test_activity_submit_before_its_end_says_why(desk, organization):
    response = desk.post(url_of("submit", ActivityFactory(organization=organization)))

    assert said(response) == ["活动尚未结束，结束后才能提交审核。"]
    assert Activity.objects.get().state == State.DRAFT


def test_activity_submit_lists_what_is_missing_with_its_places(desk, organization):
    activity = PastActivityFactory(organization=organization, text="")
    photo = EvidenceFactory(activity=activity, people="")

    response = desk.post(url_of("submit", activity))

    page = response.content.decode()
    links = [f"{url_of('edit', activity)}#id_text", f"#evidence-{photo.pk}"]
    assert response.status_code == 422
    assert [f'<a href="{link}">' in page for link in links] == [True, True]
    assert Activity.objects.get().state == State.DRAFT


def test_archived_campaign_refuses_a_photo_on_the_page(desk, organization, activity):
    Campaign.objects.filter(pk=activity.campaign_id).update(state="archived")

    response = desk.post(
        reverse("campaigns:evidence_add", args=["activities", activity.pk]),
        {
            "photos": photos("red"),
            "photo_people": "示例",
            "photo_taken_on": "2026-05-03",
            "photo_place": "示例",
            "photo_purpose": "示例",
        },
    )

    assert response.status_code == 422
    assert "已归档，不能记录活动。" in response.content.decode()
    assert Evidence.objects.count() == 0
