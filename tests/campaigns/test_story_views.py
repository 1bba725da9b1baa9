"""Stories on the desk and in public."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.actions.consents import withdraw_consent
from campaigns.models import Story
from campaigns.queries.stories import desk_stories
from tests.factories.campaigns import EvidenceFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    SubdistrictFactory,
)
from tests.factories.stories import (
    ConsentFactory,
    PublishedStoryFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db

PUBLIC = reverse("campaigns:story_list")
DESK = reverse("campaigns:desk_story_list")
State = Story.State


def url(name, row):
    return reverse(f"campaigns:{name}", args=[row.pk])


@pytest.fixture
def community_official(community):
    return MembershipFactory(role="community", community=community).user


def page_of(client, address, **query):
    return [row.title for row in client.get(address, query).context["page"]]


# In public ------------------------------------------------------------------


def test_public_list_shows_published_stories_only(client):
    shown = PublishedStoryFactory()
    StoryFactory(state=State.SUBMITTED)
    StoryFactory(state=State.HIDDEN)

    assert page_of(client, PUBLIC) == [shown.title]


def test_public_list_is_narrowed_by_kind_and_street(client):
    street = SubdistrictFactory()
    here = CommunityFactory(subdistrict=street)
    wanted = PublishedStoryFactory(kind=Story.Kind.NEIGHBOR, community=here)
    PublishedStoryFactory(kind=Story.Kind.FAMILY, community=here)
    PublishedStoryFactory(kind=Story.Kind.NEIGHBOR)

    titles = page_of(client, PUBLIC, kind="neighbor", street=street.pk)

    assert titles == [wanted.title]


def test_public_list_of_nothing_says_what_to_do(client):
    response = client.get(PUBLIC)

    assert "还没有发布的故事" in response.content.decode()
    assert reverse("campaigns:convention") in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_public_list_takes_the_same_queries_for_any_count(
    client, count, django_assert_num_queries
):
    for story in PublishedStoryFactory.create_batch(count):
        EvidenceFactory(activity=None, story=story)

    with django_assert_num_queries(4):
        response = client.get(PUBLIC)

    assert response.content.decode().count("card__photo") == count


def test_published_story_is_drawn_from_markdown(client):
    story = PublishedStoryFactory(text="## 示例小题\n\n<script>x</script>")

    body = client.get(story.get_absolute_url()).content.decode()

    assert "<h3>示例小题</h3>" in body
    assert "<script>x" not in body


def test_story_is_gone_with_the_next_look_once_a_consent_is_taken_back(client):
    story = PublishedStoryFactory()
    consent = ConsentFactory(story=story)
    photo = EvidenceFactory(activity=None, story=story)
    before = client.get(story.get_absolute_url())

    withdraw_consent(consent=consent, by=None)

    assert (before.status_code, "no-store" in before["Cache-Control"]) == (200, True)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get(photo.url).status_code == 404
    assert page_of(client, PUBLIC) == []


# On the desk ----------------------------------------------------------------


def test_unit_writes_a_story_for_its_organisation(
    signed_in, unit_official, organization, community
):
    data = {
        "kind": "neighbor",
        "title": "示例故事",
        "text": "示例正文",
        "people_shown": "2",
        "organization": organization.pk,
        "community": community.pk,
    }

    response = signed_in(unit_official).post(reverse("campaigns:story_create"), data)

    story = Story.objects.get()
    assert response["Location"] == story.get_absolute_url()
    assert (story.organization, story.created_by) == (organization, unit_official)


def test_community_writes_only_for_itself(signed_in, community_official, community):
    elsewhere = CommunityFactory()
    data = {
        "kind": "family",
        "title": "示例故事",
        "text": "示例正文",
        "people_shown": "1",
        "community": elsewhere.pk,
    }
    client = signed_in(community_official)
    address = reverse("campaigns:story_create")

    assert client.post(address, data).status_code == 422
    assert client.post(address, data | {"community": community.pk}).status_code == 302


def test_official_of_a_unit_and_a_community_leaves_the_unit_out_only_at_home(
    signed_in, unit_official, community
):
    MembershipFactory(role="community", community=community, user=unit_official)
    data = {
        "kind": "family",
        "title": "示例故事",
        "text": "示例正文",
        "people_shown": "1",
        "organization": "",
        "community": CommunityFactory().pk,
    }
    client = signed_in(unit_official)
    address = reverse("campaigns:story_create")

    assert client.post(address, data).status_code == 422
    assert client.post(address, data | {"community": community.pk}).status_code == 302


@pytest.mark.parametrize(
    "written", ["手机13800138000", "号码350602199001011234"], ids=["phone", "identity"]
)
def test_text_with_personal_numbers_is_refused(
    signed_in, community_official, community, written
):
    story = StoryFactory(community=community)
    data = {"kind": "family", "title": "示例", "people_shown": 1, "text": written}

    response = signed_in(community_official).post(url("story_edit", story), data)

    assert response.status_code == 422
    assert "请勿填写" in response.content.decode()


def test_edit_of_a_published_story_is_forbidden(
    signed_in, community_official, community
):
    story = PublishedStoryFactory(community=community)

    response = signed_in(community_official).get(url("story_edit", story))

    assert response.status_code == 403


def test_refused_submit_says_what_is_missing(signed_in, community_official, community):
    story = StoryFactory(community=community)

    response = signed_in(community_official).post(
        url("story_submit", story), follow=True
    )

    assert "还缺 1 份展示同意" in response.content.decode()


def test_office_publishes_what_was_handed_in(signed_in, office_official):
    story = StoryFactory(state=State.SUBMITTED)
    ConsentFactory(story=story)

    signed_in(office_official).post(url("story_publish", story))

    story.refresh_from_db()
    assert story.state == State.PUBLISHED


def test_return_without_a_reason_shows_the_page_again(signed_in, office_official):
    story = StoryFactory(state=State.SUBMITTED)

    response = signed_in(office_official).post(url("story_return", story), {})

    assert response.status_code == 422
    assert "退回修改" in response.content.decode()


def test_writer_reads_why_it_was_returned(
    signed_in, office_official, community_official, community
):
    story = StoryFactory(community=community, state=State.SUBMITTED)
    signed_in(office_official).post(
        url("story_return", story), {"reason": "示例退回理由"}
    )

    body = signed_in(community_official).get(story.get_absolute_url()).content.decode()

    assert "文明办退回" in body
    assert "示例退回理由" in body


@pytest.mark.parametrize(
    ("name", "state"), [("story_hide", "hidden"), ("story_withdraw", "withdrawn")]
)
def test_story_is_taken_down_after_a_page_that_asks_why(
    signed_in, community_official, community, name, state
):
    story = PublishedStoryFactory(community=community)
    client = signed_in(community_official)

    asked = client.get(url(name, story)).status_code
    empty = client.post(url(name, story), {}).status_code
    done = client.post(url(name, story), {"reason": "示例理由"}).status_code

    story.refresh_from_db()
    assert (asked, empty, done, story.state) == (200, 422, 302, state)


def test_street_reads_no_drafts_and_no_names(signed_in, community):
    street = MembershipFactory(role="street", subdistrict=community.subdistrict).user
    draft = StoryFactory(community=community)
    handed_in = StoryFactory(community=community, state=State.SUBMITTED)
    ConsentFactory(story=handed_in, subject="示例王阿姨")
    client = signed_in(street)

    assert page_of(client, DESK) == [handed_in.title]
    assert client.get(draft.get_absolute_url()).status_code == 404
    body = client.get(handed_in.get_absolute_url()).content.decode()
    assert "现有 1 份有效的同意" in body
    assert "王阿姨" not in body


def test_unit_sees_nothing_of_other_units(signed_in, unit_official):
    StoryFactory(organization=OrganizationFactory(), state=State.SUBMITTED)

    assert page_of(signed_in(unit_official), DESK) == []


@pytest.mark.parametrize("count", [1, 3])
def test_desk_list_takes_the_same_queries_for_any_count(
    signed_in, office_official, count, django_assert_num_queries
):
    for _number in range(count):
        StoryFactory(organization=OrganizationFactory(), state=State.SUBMITTED)
    client = signed_in(office_official)

    with django_assert_num_queries(8):
        response = client.get(DESK)

    assert len(response.context["page"]) == count


def test_desk_list_puts_what_waits_first_and_is_narrowed(signed_in, office_official):
    PublishedStoryFactory(title="已发布的")
    StoryFactory(title="待审核的", state=State.SUBMITTED)
    client = signed_in(office_official)

    assert page_of(client, DESK) == ["待审核的", "已发布的"]
    assert page_of(client, DESK, state="published") == ["已发布的"]
    assert page_of(client, DESK, text="待审") == ["待审核的"]


def test_desk_of_the_office_has_what_others_handed_in(office_official):
    waits = StoryFactory(state=State.SUBMITTED, submitted_at=timezone.now())
    StoryFactory(state=State.SUBMITTED, submitted_by=office_official)
    StoryFactory()

    desk = desk_stories(office_official, today=timezone.localdate())

    assert (desk["waiting"], desk["waiting"].total, desk["own"]) == ([waits], 1, [])


def test_desk_of_a_writer_has_what_is_to_be_mended(unit_official, organization):
    returned = StoryFactory(organization=organization, state=State.RETURNED)
    PublishedStoryFactory(organization=organization)
    StoryFactory(state=State.RETURNED)

    desk = desk_stories(unit_official, today=timezone.localdate())

    assert (desk["waiting"], desk["own"]) == ([], [returned])


def test_desk_of_a_street_has_no_part_in_stories(community):
    street = MembershipFactory(role="street", subdistrict=community.subdistrict).user

    assert desk_stories(street, today=timezone.localdate()) is None
