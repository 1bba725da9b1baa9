"""Claiming micro-wishes: one claimant each, given up, delivered."""

import pytest
from django.utils import timezone

from communities.actions.wish_claims import (
    MOST_LIVE_CLAIMS,
    MOST_TRIES,
    WishRefused,
    claim_wish,
    deliver_wish_claim,
    release_wish_claim,
    withdraw_wish_claim,
)
from communities.actions.wishes import confirm_wish
from communities.models import Wish
from tests.communities.needs import community_official
from tests.communities.wishes import claimed, state_of, told, unit
from tests.factories.accounts import UserFactory
from tests.factories.communities import OrganizationFactory
from tests.factories.wishes import PublishedWishFactory, WishFactory

pytestmark = pytest.mark.django_db


def claim(wish, by, organization=None):
    return claim_wish(wish=wish, by=by, organization=organization, now=timezone.now())


def test_person_claims_a_wish_and_the_community_is_told_without_the_name():
    wish, person = PublishedWishFactory(), UserFactory(display_name="示例王小明")
    official = community_official(wish.community)

    made = claim(wish, person)

    assert (made.person, made.organization) == (person, None)
    assert state_of(wish) == Wish.State.CLAIMED
    (message,) = official.notifications.all()
    assert (message.kind, "热心居民认领" in message.body) == ("wish_claimed", True)
    assert "王小明" not in message.title + message.body


def test_official_claims_for_the_organization():
    organization, official = unit()
    wish = PublishedWishFactory()

    made = claim(wish, official, organization)

    assert (made.person, made.organization) == (None, organization)


def test_claim_for_an_organization_of_others_is_refused():
    with pytest.raises(WishRefused) as refusal:
        claim(PublishedWishFactory(), unit()[1], OrganizationFactory())

    assert refusal.value.code == "scope"


def test_minor_is_told_who_may_claim_instead():
    with pytest.raises(WishRefused, match="监护人或者党组织") as refusal:
        claim(PublishedWishFactory(), UserFactory(age_band="14-17"))

    assert refusal.value.code == "minor"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("draft", "draft"),
        ("claimed", "taken"),
        ("delivered", "taken"),
        ("confirmed", "confirmed"),
        ("withdrawn", "withdrawn"),
        ("expired", "over"),
    ],
)
def test_wish_that_is_not_open_is_refused_with_its_reason(state, code):
    is_over = state in Wish.FINAL_STATES
    wish = WishFactory(state=state, ended_at=timezone.now() if is_over else None)

    with pytest.raises(WishRefused) as refusal:
        claim(wish, UserFactory())

    assert refusal.value.code == code


def test_claimant_who_sends_twice_reads_that_the_wish_is_theirs():
    person = UserFactory()
    wish = claimed(by=person).wish

    with pytest.raises(WishRefused, match="您已认领这个心愿") as refusal:
        claim(wish, person)

    assert refusal.value.code == "own"


def test_claim_in_person_of_what_the_own_organization_holds_is_just_taken():
    organization, official = unit()
    wish = claimed(official, organization).wish

    with pytest.raises(WishRefused) as refusal:
        claim(wish, official)

    assert refusal.value.code == "taken"


@pytest.mark.parametrize("ends", [withdraw_wish_claim, release_wish_claim])
def test_claimant_who_came_to_nothing_again_and_again_is_refused(ends):
    person, wish = UserFactory(), PublishedWishFactory()
    for _number in range(MOST_TRIES):
        ends(claim=claim(wish, person), reason="示例", by=person)

    with pytest.raises(WishRefused, match="留给其他人") as refusal:
        claim(wish, person)

    assert refusal.value.code == "too_often"
    assert claim(wish, UserFactory()).is_live


def test_sixth_wish_of_one_person_is_refused():
    person = UserFactory()
    for _number in range(MOST_LIVE_CLAIMS):
        claimed(by=person)

    with pytest.raises(WishRefused, match="已有 5 个心愿在办") as refusal:
        claimed(by=person)

    assert refusal.value.code == "too_many"


def test_wish_come_true_makes_room_for_another():
    person = UserFactory()
    claims = [claimed(by=person) for _number in range(MOST_LIVE_CLAIMS)]
    deliver_wish_claim(claim=claims[0], by=person)
    confirm_wish(wish=claims[0].wish, by=UserFactory(), now=timezone.now())

    assert claimed(by=person).person == person


def test_organization_may_hold_more_than_a_person():
    organization, official = unit()
    for _number in range(MOST_LIVE_CLAIMS):
        claimed(official, organization)

    assert claimed(official, organization).organization == organization


def test_wish_given_up_is_open_and_may_be_claimed_by_the_same_person():
    made = claimed()
    official = community_official(made.wish.community)

    withdraw_wish_claim(claim=made, reason="要出差", by=made.person)

    assert (state_of(made.wish), state_of(made)) == ("published", "withdrawn")
    assert told(official) == ["wish_claim_withdrawn"]
    assert claim(made.wish, made.person).pk != made.pk


def test_giving_up_asks_for_a_reason():
    made = claimed()

    with pytest.raises(WishRefused, match="请写明理由"):
        withdraw_wish_claim(claim=made, reason="  ", by=made.person)

    assert state_of(made.wish) == "claimed"


def test_delivery_asks_the_community_to_confirm():
    made = claimed()
    official = community_official(made.wish.community)

    deliver_wish_claim(claim=made, by=made.person)

    assert (state_of(made.wish), state_of(made)) == ("delivered", "delivered")
    assert told(official) == ["wish_delivered"]


def test_delivered_claim_is_not_given_up():
    made = claimed()
    deliver_wish_claim(claim=made, by=made.person)

    with pytest.raises(WishRefused, match="待确认，认领不能再变动"):
        withdraw_wish_claim(claim=made, reason="示例", by=made.person)


def test_claim_given_up_before_delivers_nothing_for_the_next_claimant():
    old = claimed()
    withdraw_wish_claim(claim=old, reason="示例", by=old.person)
    following = claim(old.wish, UserFactory())

    with pytest.raises(WishRefused, match="这次认领已放弃"):
        deliver_wish_claim(claim=old, by=old.person)

    assert state_of(following) == "active"


def test_community_opens_again_what_nobody_brings_and_the_unit_is_told():
    organization, official = unit()
    made = claimed(official, organization)

    release_wish_claim(claim=made, reason="联系不上", by=UserFactory())

    assert (state_of(made.wish), state_of(made)) == ("published", "withdrawn")
    assert told(official) == ["wish_claim_released"]
