"""Many people reach for one wish, and one person for many, in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from communities.actions.handovers.wishes import WishHandover
from communities.actions.wish_claims import (
    MOST_LIVE_CLAIMS,
    WishRefused,
    claim_wish,
    deliver_wish_claim,
    see_wish_contact,
    withdraw_wish_claim,
)
from communities.actions.wishes import update_wish, withdraw_wish
from communities.models import Wish, WishClaim
from tests.communities.wishes import CONTACT, claimed, state_of, unit
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory
from tests.factories.wishes import PublishedWishFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20


def claiming(wish, person):
    return partial(claim_wish, wish=wish, by=person, now=timezone.now())


def answer(call):
    """The code of the refusal, or "won"."""
    try:
        call()
    except WishRefused as refusal:
        return refusal.code
    return "won"


def all_at_once(calls):
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=20)
            return answer(call)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def race(first, second):
    """What the second answers when it comes before the first has committed."""
    with before_commit_of(first) as start:
        late = start(partial(answer, second))
    return late.result(timeout=20)


def test_last_wish_goes_to_one_of_twenty_and_the_others_are_told_clearly():
    wish = PublishedWishFactory()
    people = UserFactory.create_batch(PEOPLE)

    answers = all_at_once([claiming(wish, person) for person in people])

    assert answers == ["taken"] * (PEOPLE - 1) + ["won"]
    assert (state_of(wish), WishClaim.objects.count()) == ("claimed", 1)


def test_without_the_lock_the_constraint_still_gives_the_wish_to_one(monkeypatch):
    monkeypatch.setattr(
        "communities.actions.wish_claims.locked_wish",
        lambda pk: Wish.objects.select_related("community").get(pk=pk),
    )
    wish = PublishedWishFactory()
    first, second = UserFactory.create_batch(2)

    assert race(claiming(wish, first), claiming(wish, second)) == "taken"
    assert WishClaim.objects.get().person == first


def test_person_at_the_limit_takes_one_of_two_wishes_at_once():
    person = UserFactory()
    for _number in range(MOST_LIVE_CLAIMS - 1):
        claimed(by=person)
    first, second = PublishedWishFactory.create_batch(2)

    assert race(claiming(first, person), claiming(second, person)) == "too_many"
    assert person.wish_claims.count() == MOST_LIVE_CLAIMS


def test_claim_waits_for_a_withdrawal_of_the_wish():
    wish, by = PublishedWishFactory(), UserFactory()
    withdrawing = partial(
        withdraw_wish, wish=wish, reason="示例", by=by, now=timezone.now()
    )

    assert race(withdrawing, claiming(wish, by)) == "withdrawn"


def test_withdrawal_that_waits_for_a_merger_of_communities_is_done():
    wish, to = PublishedWishFactory(), CommunityFactory()
    merging = partial(
        WishHandover().move, wish.community, to, on=timezone.localdate(), by=None
    )
    withdrawing = partial(
        withdraw_wish, wish=wish, reason="示例", by=UserFactory(), now=timezone.now()
    )

    assert race(merging, withdrawing) == "won"
    assert (state_of(wish), wish.community) == ("withdrawn", to)


def test_wish_is_not_changed_under_a_claim_of_the_same_moment():
    wish, by = PublishedWishFactory(title="想要书包"), UserFactory()
    changing = partial(
        update_wish,
        wish=wish,
        values={"title": "想要电脑"},
        by=by,
        today=timezone.localdate(),
    )

    assert race(claiming(wish, by), changing) == ""
    assert Wish.objects.get().title == "想要书包"


def test_wish_given_up_is_not_delivered_in_the_same_moment():
    claim = claimed()
    by = claim.person

    late = race(
        partial(withdraw_wish_claim, claim=claim, reason="示例", by=by),
        partial(deliver_wish_claim, claim=claim, by=by),
    )

    assert (late, state_of(claim)) == ("over", "withdrawn")


def test_unit_that_gives_up_reads_no_contact_afterwards():
    organization, official = unit()
    claim = claimed(official, organization, **CONTACT)

    late = race(
        partial(withdraw_wish_claim, claim=claim, reason="示例", by=official),
        partial(see_wish_contact, wish=claim.wish, by=official),
    )

    assert late == "nothing"
