"""Several people reach for the last place of a post in the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from communities.actions import posts
from communities.actions.posts import close_post, leave_post, take_post, update_post
from communities.models import PostHolding, ServicePost
from communities.queries.posts import PostRefused, post_refusal
from tests.factories.accounts import UserFactory
from tests.factories.communities import PostHoldingFactory, ServicePostFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def taking(post, user):
    return lambda: take_post(post=post, user=user, now=timezone.now())


def counts_of(post):
    """The stored count, and the rows it stands for."""
    rows = PostHolding.objects.filter(post=post, ended_at=None).count()
    return ServicePost.objects.get(pk=post.pk).taken, rows


def outcome_of(post, user):
    try:
        take_post(post=post, user=user, now=timezone.now())
    except PostRefused as refused:
        return refused.code
    finally:
        connection.close()
    return "taken"


def test_the_last_place_goes_to_one_of_two():
    post = ServicePostFactory(places=1)
    first, second = UserFactory.create_batch(2)

    with before_commit_of(taking(post, first)) as start:
        late = start(taking(post, second))

    assert late.exception().code == "full"
    assert counts_of(post) == (1, 1)


def test_three_places_go_to_three_of_twelve():
    post = ServicePostFactory(places=3)
    people = UserFactory.create_batch(12)

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda user: outcome_of(post, user), people))

    assert sorted(outcomes) == ["full"] * 9 + ["taken"] * 3
    assert counts_of(post) == (3, 3)


def test_without_the_lock_the_rule_lets_too_many_pass(monkeypatch):
    """What the lock is for; the CHECK is the belt that then still holds."""
    post, late = ServicePostFactory(places=1), UserFactory()
    stale = ServicePost.objects.select_related("community").get(pk=post.pk)
    take_post(post=post, user=UserFactory(), now=timezone.now())
    monkeypatch.setattr(posts, "lock_post", lambda pk: stale)

    with pytest.raises(PostRefused) as refused:
        take_post(post=post, user=late, now=timezone.now())

    assert post_refusal(stale, late, now=timezone.now()) is None
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert counts_of(post) == (1, 1)


def test_one_person_clicking_twice_takes_one_place():
    post, user = ServicePostFactory(), UserFactory()

    with before_commit_of(taking(post, user)) as start:
        again = start(taking(post, user))

    assert again.exception().code == "already_held"
    assert counts_of(post) == (1, 1)


def test_place_being_given_up_goes_to_who_waits_for_the_lock():
    post, person = ServicePostFactory(places=1), UserFactory()
    held = PostHoldingFactory(post=post)

    def leaving():
        leave_post(post=post, user=held.user, now=timezone.now())

    with before_commit_of(leaving) as start:
        late = start(taking(post, person))

    assert late.result().post == post
    assert counts_of(post) == (1, 1)


def test_nobody_takes_a_post_being_closed():
    post, official, person = ServicePostFactory(), UserFactory(), UserFactory()

    def closing():
        close_post(post=post, by=official, now=timezone.now())

    with before_commit_of(closing) as start:
        late = start(taking(post, person))

    assert late.exception().code == "closed"
    assert counts_of(post) == (0, 0)


def test_places_are_not_lowered_below_one_being_taken():
    post, official = ServicePostFactory(places=2), UserFactory()
    PostHoldingFactory(post=post)

    with before_commit_of(taking(post, UserFactory())) as start:
        late = start(lambda: update_post(post=post, values={"places": 1}, by=official))

    assert late.exception().code == "held"
    assert counts_of(post) == (2, 2)
