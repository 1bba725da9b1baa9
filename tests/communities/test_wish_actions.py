"""What a community and the clock do with micro-wishes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from communities.actions.wish_claims import claim_wish, deliver_wish_claim
from communities.actions.wishes import (
    WishRefused,
    confirm_wish,
    create_wish,
    drop_wish_contact,
    erase_wish_contacts,
    expire_due_wishes,
    publish_wish,
    return_wish,
    update_wish,
    withdraw_wish,
)
from communities.models import Wish
from core.models import AuditEntry
from core.models.states import MoveRefused
from tests.communities.needs import community_official
from tests.communities.wishes import CONTACT, claimed, state_of, told
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory
from tests.factories.wishes import PublishedWishFactory, WishFactory

pytestmark = pytest.mark.django_db
State = Wish.State
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def test_publish_opens_a_draft_and_keeps_the_moment():
    now = timezone.now()

    wish = publish_wish(wish=WishFactory(), by=None, now=now)

    assert (state_of(wish), wish.published_at) == (State.PUBLISHED, now)


def test_publish_is_refused_once_the_day_is_over(today):
    wish = WishFactory(wanted_by=today - DAY)

    with pytest.raises(WishRefused, match="希望实现日期已过"):
        publish_wish(wish=wish, by=None, now=timezone.now())


def test_create_is_refused_for_a_community_that_has_ended(today):
    community = CommunityFactory(ends_on=today - DAY)

    with pytest.raises(WishRefused, match="已终止"):
        create_wish(
            wish=WishFactory.build(community=community), by=UserFactory(), today=today
        )


def test_contact_without_consent_is_refused(today):
    wish = WishFactory.build(community=CommunityFactory(), resident_name="示例")

    with pytest.raises(WishRefused, match="须经本人同意"):
        create_wish(wish=wish, by=UserFactory(), today=today)


def test_update_of_a_claimed_wish_is_refused(today):
    wish = claimed().wish

    with pytest.raises(WishRefused, match="已认领，不能再修改"):
        update_wish(wish=wish, values={"title": "别的"}, by=UserFactory(), today=today)


def test_update_names_the_fields_in_the_audit_log_and_no_value(today):
    wish = PublishedWishFactory()

    update_wish(wish=wish, values=CONTACT, by=UserFactory(), today=today)

    entry = AuditEntry.objects.get(verb="communities.wish_changed")
    assert entry.data == {"fields": list(CONTACT)}


def test_update_of_a_published_wish_to_a_day_gone_by_is_refused(today):
    values = {"wanted_by": today - DAY}

    with pytest.raises(WishRefused, match="希望实现日期已过"):
        update_wish(
            wish=PublishedWishFactory(), values=values, by=UserFactory(), today=today
        )


def test_withdrawal_releases_and_tells_the_claimant():
    claim = claimed()
    now = timezone.now()

    withdraw_wish(wish=claim.wish, reason="不需要了", by=UserFactory(), now=now)

    claim.wish.refresh_from_db()
    assert (claim.wish.state, claim.wish.ended_at) == (State.WITHDRAWN, now)
    assert state_of(claim) == "withdrawn"
    assert told(claim.person) == ["wish_withdrawn"]
    assert "不需要了" in Notification.objects.get(recipient=claim.person).body


def test_delivered_wish_is_not_withdrawn():
    claim = deliver_wish_claim(claim=claimed(), by=UserFactory())

    with pytest.raises(MoveRefused):
        withdraw_wish(
            wish=claim.wish, reason="示例", by=UserFactory(), now=timezone.now()
        )


def test_confirmation_ends_the_wish_and_thanks_the_claimant():
    claim = deliver_wish_claim(claim=claimed(), by=UserFactory())
    now = timezone.now()

    confirm_wish(wish=claim.wish, by=UserFactory(), now=now)

    claim.wish.refresh_from_db()
    assert (claim.wish.state, claim.wish.ended_at) == (State.CONFIRMED, now)
    assert told(claim.person) == ["wish_confirmed"]


def test_wish_sent_back_is_in_hand_again_and_says_why():
    claim = deliver_wish_claim(claim=claimed(), by=UserFactory())

    return_wish(wish=claim.wish, reason="书包太小", by=UserFactory())

    assert (state_of(claim.wish), state_of(claim)) == (State.CLAIMED, "active")
    assert "书包太小" in Notification.objects.get(recipient=claim.person).body


def test_wish_not_delivered_is_not_sent_back():
    with pytest.raises(WishRefused, match="已认领，不能退回"):
        return_wish(wish=claimed().wish, reason="示例", by=UserFactory())


# The clock ------------------------------------------------------------------


def test_clock_closes_only_what_nobody_claimed_by_its_day(today):
    past = PublishedWishFactory(wanted_by=today - DAY)
    official = community_official(past.community)
    kept = [
        PublishedWishFactory(wanted_by=today),
        PublishedWishFactory(),
        claimed(wanted_by=today).wish,
    ]
    Wish.objects.filter(pk=kept[2].pk).update(wanted_by=today - DAY)
    now = timezone.now()

    assert expire_due_wishes(today=today, now=now) == 1

    past.refresh_from_db()
    assert (past.state, past.ended_at) == (State.EXPIRED, now)
    assert told(official) == ["wish_expired"]
    assert [state_of(wish) for wish in kept] == ["published", "published", "claimed"]


def test_clock_erases_contacts_thirty_days_after_the_end_and_keeps_others(settings):
    settings.RESIDENT_CONTACT_DAYS = 30
    now = timezone.now()
    values = CONTACT | {"state": State.CONFIRMED}
    due = PublishedWishFactory(**values, ended_at=now - 30 * DAY)
    fresh = PublishedWishFactory(**values, ended_at=now - 30 * DAY + timedelta(hours=1))
    under_way = PublishedWishFactory(**CONTACT)
    forgotten = WishFactory(**CONTACT)
    for wish in (under_way, forgotten):
        wish.created_at = now - 30 * DAY
        wish.save(update_fields=["created_at"])

    assert (erase_wish_contacts(now=now), erase_wish_contacts(now=now)) == (2, 0)

    for wish in (due, fresh, under_way, forgotten):
        wish.refresh_from_db()
    assert not forgotten.has_contact
    assert (due.resident_name, due.resident_phone) == ("", "")
    assert due.contact_erased_at == now
    assert fresh.has_contact
    assert under_way.has_contact


def test_contact_goes_at_once_when_the_resident_asks():
    wish = claimed(**CONTACT).wish

    drop_wish_contact(wish=wish, by=UserFactory(), now=timezone.now())

    wish.refresh_from_db()
    assert not wish.has_contact
    assert not AuditEntry.objects.filter(data__icontains="陈阿婆").exists()


def test_wish_past_its_day_is_not_claimed_before_the_clock_comes(today):
    wish = PublishedWishFactory(wanted_by=today - DAY)

    with pytest.raises(WishRefused, match="已过希望实现日期"):
        claim_wish(wish=wish, by=UserFactory(), now=timezone.now())
