"""The pages of the civic convention."""

import pytest
from django.urls import reverse

from campaigns.models import Convention, Pledge
from tests.factories.communities import CommunityFactory, SubdistrictFactory
from tests.factories.stories import ConventionFactory, PledgeFactory

pytestmark = pytest.mark.django_db

State = Convention.State
HERE = reverse("campaigns:convention")
PLEDGE = reverse("campaigns:pledge_create")
WITHDRAW = reverse("campaigns:pledge_withdraw")
COMMUNITIES = reverse("campaigns:convention_communities")
DESK = reverse("campaigns:desk_convention_list")


def url(name, convention):
    return reverse(f"campaigns:{name}", args=[convention.number])


# In public ------------------------------------------------------------------


def test_visitor_reads_it_and_is_led_to_sign_in(client):
    ConventionFactory(title="示例公约", text="1. 示例条文")

    body = client.get(HERE).content.decode()

    assert "<li>示例条文</li>" in body
    assert f"{reverse('account_login')}?next={HERE}" in body


def test_page_before_the_first_version_leads_on(client):
    response = client.get(HERE)

    assert response.status_code == 200
    assert reverse("campaigns:story_list") in response.content.decode()


def test_draft_is_not_public(client):
    draft = ConventionFactory(state=State.DRAFT)

    assert client.get(draft.get_absolute_url()).status_code == 404


def test_superseded_version_stays_readable_but_takes_no_yes(signed_in, stranger):
    old = ConventionFactory(state=State.SUPERSEDED)
    ConventionFactory()

    response = signed_in(stranger).get(old.get_absolute_url())

    assert "这是以前的版本" in response.content.decode()
    assert response.context["form"] is None


def test_yes_is_said_and_taken_back(signed_in, stranger, community):
    convention = ConventionFactory()
    client = signed_in(stranger)
    data = {"who": "household", "community": community.pk, "number": convention.number}

    client.post(PLEDGE, data)
    held = Pledge.objects.get()
    client.post(WITHDRAW, {"pledge": held.pk})

    held.refresh_from_db()
    assert (held.user, held.community) == (stranger, community)
    assert held.is_household
    assert held.withdrawn_at is not None


def test_yes_without_a_community_shows_the_form_again(signed_in, stranger):
    convention = ConventionFactory()

    response = signed_in(stranger).post(
        PLEDGE, {"who": "self", "number": convention.number}
    )

    assert response.status_code == 422
    assert not Pledge.objects.exists()


def test_page_read_before_the_new_version_is_asked_anew(signed_in, stranger, community):
    old = ConventionFactory(state=State.SUPERSEDED)
    ConventionFactory()
    data = {"who": "self", "community": community.pk, "number": old.number}

    response = signed_in(stranger).post(PLEDGE, data, follow=True)

    assert "公约刚刚更新" in response.content.decode()
    assert not Pledge.objects.exists()


def test_yes_of_another_person_cannot_be_taken_back(signed_in, stranger):
    others = PledgeFactory()

    signed_in(stranger).post(WITHDRAW, {"pledge": others.pk})

    others.refresh_from_db()
    assert others.withdrawn_at is None


def test_who_said_both_is_asked_no_more(signed_in, stranger):
    convention = ConventionFactory()
    for is_household in (True, False):
        PledgeFactory(convention=convention, user=stranger, is_household=is_household)

    response = signed_in(stranger).get(HERE)

    assert response.context["form"] is None
    assert response.content.decode().count("收回</button>") == 2


def test_new_version_asks_again(signed_in, stranger):
    PledgeFactory(convention__state=State.SUPERSEDED, user=stranger)
    ConventionFactory()

    response = signed_in(stranger).get(HERE)

    assert response.context["pledges"] == []
    assert response.context["form"] is not None


# Counts ---------------------------------------------------------------------


def test_communities_stand_by_street_and_are_narrowed_to_one(client):
    ConventionFactory()
    first, second = SubdistrictFactory(code="1"), SubdistrictFactory(code="2")
    wanted = CommunityFactory(subdistrict=second)
    other = CommunityFactory(subdistrict=first)

    everywhere = client.get(COMMUNITIES).context["rows"]
    narrowed = client.get(COMMUNITIES, {"street": second.pk}).context["rows"]

    assert [row for row, _count in everywhere] == [other, wanted]
    assert [row for row, _count in narrowed] == [wanted]


def test_small_figures_are_not_on_the_page(client, community):
    convention = ConventionFactory()
    PledgeFactory.create_batch(2, convention=convention, community=community)

    body = client.get(COMMUNITIES).content.decode()

    assert body.count("少于 3</span>") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_communities_take_the_same_queries_for_any_count(
    client, count, django_assert_num_queries
):
    convention = ConventionFactory()
    for community in CommunityFactory.create_batch(count):
        PledgeFactory.create_batch(3, convention=convention, community=community)

    with django_assert_num_queries(6):
        response = client.get(COMMUNITIES)

    assert len(response.context["rows"]) == count


def test_page_takes_few_queries_for_a_visitor(client, django_assert_num_queries):
    PledgeFactory.create_batch(3, convention=ConventionFactory())

    with django_assert_num_queries(4):
        client.get(HERE)


# The office -----------------------------------------------------------------


def test_office_drafts_previews_and_publishes(signed_in, office_official):
    before = ConventionFactory(title="示例旧公约")
    client = signed_in(office_official)
    data = {"title": "示例新公约", "text": "1. 示例条文"}

    client.post(reverse("campaigns:convention_create"), data)
    draft = Convention.objects.get(state=State.DRAFT)
    preview = client.get(url("desk_convention", draft)).content.decode()
    client.post(url("convention_publish", draft))

    before.refresh_from_db()
    draft.refresh_from_db()
    assert "<li>示例条文</li>" in preview
    assert f"现行的第 {before.number} 版同时被取代" in preview
    assert (before.state, draft.state) == (State.SUPERSEDED, State.PUBLISHED)


def test_draft_starts_from_the_words_in_force(signed_in, office_official):
    ConventionFactory(text="示例现行条文")

    response = signed_in(office_official).get(reverse("campaigns:convention_create"))

    assert "示例现行条文" in response.content.decode()


def test_draft_is_changed(signed_in, office_official):
    draft = ConventionFactory(state=State.DRAFT, published_at=None)
    data = {
        "title": draft.title,
        "initial-title": draft.title,
        "text": "示例改动",
        "initial-text": draft.text,
    }

    signed_in(office_official).post(url("convention_edit", draft), data)

    draft.refresh_from_db()
    assert draft.text == "示例改动"


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_versions_takes_the_same_queries(
    signed_in, office_official, count, django_assert_num_queries
):
    for _number in range(count):
        ConventionFactory(state=State.SUPERSEDED, created_by=office_official)
    client = signed_in(office_official)

    with django_assert_num_queries(5):
        response = client.get(DESK)

    assert len(response.context["versions"]) == count


def test_empty_list_of_versions_leads_to_the_first_draft(signed_in, office_official):
    body = signed_in(office_official).get(DESK).content.decode()

    assert body.count(reverse("campaigns:convention_create")) == 2
