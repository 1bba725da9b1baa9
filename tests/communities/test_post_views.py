"""Pages of the service posts: for everyone, for takers, for the desk."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import PostHolding, ServicePost
from communities.queries.posts import desk_posts, posts_of_community
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    PostHoldingFactory,
    ServicePostFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("communities:post_list")
CREATE = reverse("communities:post_create")
FIELDS = {"title": "楼道长", "duties": "巡查楼道", "times": "周末", "places": "2"}


def url(name, post):
    return reverse(f"communities:post_{name}", args=[post.pk])


def text_of(response):
    return response.content.decode()


@pytest.fixture
def person(signed_in, stranger):
    return signed_in(stranger)


@pytest.fixture
def official(community):
    return MembershipFactory(role="community", community=community).user


@pytest.fixture
def desk(signed_in, official):
    return signed_in(official)


@pytest.fixture
def draft(community):
    return ServicePostFactory(community=community, state="draft", published_at=None)


# For everyone ---------------------------------------------------------------


def test_visitor_sees_counts_and_no_names(client):
    holding = PostHoldingFactory()

    page = text_of(client.get(url("detail", holding.post)))

    assert "已认领 1 / 2 人" in page
    assert str(holding.user) not in page


def test_signed_in_person_sees_no_names(person):
    holding = PostHoldingFactory()

    assert str(holding.user) not in text_of(person.get(url("detail", holding.post)))


def test_draft_is_not_found_by_others(client, person, draft):
    assert client.get(url("detail", draft)).status_code == 404
    assert person.get(url("detail", draft)).status_code == 404


def test_official_of_another_community_does_not_find_a_draft(signed_in, draft):
    other = MembershipFactory(role="community", community=CommunityFactory()).user

    assert signed_in(other).get(url("detail", draft)).status_code == 404


def test_posts_of_a_community_are_listed_without_drafts(client, community, draft):
    shown = ServicePostFactory(community=community)
    ServicePostFactory(community=community, state="closed")
    ServicePostFactory()

    response = client.get(reverse("communities:community_posts", args=[community.pk]))

    assert list(response.context["page"]) == [shown]
    fragment = posts_of_community(
        community, user=UserFactory(), day=timezone.localdate()
    )
    assert fragment == {"posts": [shown], "count": 1, "can_manage": False}


# Taking ---------------------------------------------------------------------


def test_visitor_is_led_to_sign_in_and_back(client):
    post = ServicePostFactory()

    response = client.post(url("take", post))

    assert response.status_code == 302
    assert response.url.endswith(f"?next={url('detail', post)}")


def test_person_takes_a_post(person, stranger):
    post = ServicePostFactory()

    response = person.post(url("take", post), follow=True)

    assert "认领成功" in text_of(response)
    assert PostHolding.objects.get().user == stranger


def test_refused_person_reads_the_reason(person):
    post = ServicePostFactory(places=1)
    PostHoldingFactory(post=post)

    response = person.post(url("take", post))

    assert response.status_code == 409
    assert "名额已满" in text_of(response)


def test_stranger_reads_from_when_it_is_open(person):
    post = ServicePostFactory(published_at=timezone.now())

    page = text_of(person.get(url("detail", post)))

    assert "起向所有人开放" in page
    assert url("take", post) not in page


def test_person_gives_a_post_up(person, stranger):
    holding = PostHoldingFactory(user=stranger)

    response = person.post(url("leave", holding.post), follow=True)

    assert "已退出" in text_of(response)
    assert ServicePost.objects.get().taken == 0


# The desk -------------------------------------------------------------------


def test_official_sees_who_holds_it_with_a_masked_number(desk, community):
    holding = PostHoldingFactory(
        post__community=community, user__phone="+8613812345678"
    )

    page = text_of(desk.get(url("detail", holding.post)))

    assert str(holding.user) in page
    assert "138****5678" in page
    assert "13812345678" not in page


def test_official_drafts_a_post(desk, community):
    response = desk.post(CREATE, {"community": community.pk, **FIELDS})

    post = ServicePost.objects.get()
    assert (response.status_code, response.url) == (302, url("detail", post))
    assert (post.state, post.community, post.places) == ("draft", community, 2)


def test_official_does_not_draft_for_another_community(desk):
    response = desk.post(CREATE, {"community": CommunityFactory().pk, **FIELDS})

    assert response.status_code == 422
    assert ServicePost.objects.count() == 0


def test_post_without_places_is_refused(desk, community):
    response = desk.post(CREATE, {"community": community.pk, **FIELDS, "places": "0"})

    assert response.status_code == 422
    assert ServicePost.objects.count() == 0


def test_official_publishes_and_closes(desk, draft):
    desk.post(url("publish", draft))
    draft.refresh_from_db()
    published = draft.state

    desk.post(url("close", draft))

    draft.refresh_from_db()
    assert (published, draft.state) == ("published", "closed")


def test_old_page_keeps_what_a_colleague_changed(desk, community):
    post = ServicePostFactory(community=community, title="旧名", times="周日")
    opened = {
        name: getattr(post, name) for name in ("title", "duties", "times", "places")
    }
    ServicePost.objects.update(title="同事改的名")

    desk.post(
        url("edit", post),
        {
            **opened,
            **{f"initial-{name}": value for name, value in opened.items()},
            "times": "周六",
        },
    )

    post.refresh_from_db()
    assert (post.title, post.times) == ("同事改的名", "周六")


def test_too_few_places_are_an_error_of_the_form(desk, community):
    post = ServicePostFactory(community=community, places=2)
    PostHoldingFactory.create_batch(2, post=post)

    response = desk.post(
        url("edit", post), {**FIELDS, "places": "1", "initial-places": "2"}
    )

    assert response.status_code == 422
    assert "已有 2 人认领" in text_of(response)


@pytest.mark.parametrize("name", ["edit", "publish", "close"])
def test_stranger_may_not_keep_a_post(name, person):
    assert person.post(url(name, ServicePostFactory())).status_code == 403


def test_list_holds_the_own_posts_drafts_first(desk, community, draft):
    published = ServicePostFactory(community=community)
    ServicePostFactory()

    response = desk.get(LIST)

    assert list(response.context["page"]) == [draft, published]


def test_list_is_narrowed_by_state_and_words(desk, community, draft):
    wanted = ServicePostFactory(community=community, title="楼道长")
    ServicePostFactory(community=community)

    response = desk.get(LIST, {"state": "published", "text": "楼道"})

    assert list(response.context["page"]) == [wanted]


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions(
    number, desk, community, django_assert_num_queries
):
    ServicePostFactory.create_batch(number, community=community)

    with django_assert_num_queries(8):
        desk.get(LIST)


def test_desk_counts_open_posts_and_drafts(official, community, draft):
    published = ServicePostFactory(community=community)
    ServicePostFactory(community=community, state="closed")

    shown = desk_posts(official, today=timezone.localdate())

    assert shown == {"posts": [draft, published], "count": 1, "draft_count": 1}


def test_desk_of_other_officials_has_no_posts(office_official):
    assert desk_posts(office_official, today=timezone.localdate()) is None


def test_empty_post_comes_back_with_what_is_missing(desk, draft):
    answers = [desk.post(CREATE), desk.post(url("edit", draft))]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "请填写这一项" in text_of(answers[0])
