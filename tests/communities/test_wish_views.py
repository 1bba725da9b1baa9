"""What officials do with micro-wishes on the desk, through the client."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions.wish_claims import (
    claim_wish,
    deliver_wish_claim,
    withdraw_wish_claim,
)
from communities.models import Wish
from communities.queries.wishes import desk_wishes
from communities.tasks import close_wishes
from tests.communities.needs import community_official, paired_unit
from tests.communities.wishes import CONTACT, claimed, state_of, unit
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory
from tests.factories.wishes import PublishedWishFactory, WishFactory

pytestmark = pytest.mark.django_db
DESK = reverse("communities:wish_desk")
CREATE = reverse("communities:wish_create")


def url(name, wish):
    return reverse(f"communities:wish_{name}", args=[wish.pk])


@pytest.fixture
def official(community):
    return community_official(community)


@pytest.fixture
def data(community):
    return {"community": community.pk, "category": "goods", "title": "想要书包"}


# Putting down ---------------------------------------------------------------


def test_community_puts_a_wish_down_and_publishes_it(signed_in, official, data):
    client = signed_in(official)

    client.post(CREATE, data | {"resident_phone": ""})
    wish = Wish.objects.get()
    client.post(url("publish", wish))

    assert (state_of(wish), wish.title) == ("published", "想要书包")
    assert (wish.resident_consented, wish.created_by) == (False, official)


def test_form_says_how_long_a_contact_is_kept(signed_in, official, settings):
    settings.RESIDENT_CONTACT_DAYS = 17

    assert "心愿结束 17 天后自动删除" in signed_in(official).get(CREATE).text


def test_contact_is_stored_with_consent_alone(signed_in, official, data):
    client = signed_in(official)
    contact = {"resident_name": "陈阿婆", "resident_phone": "0596-2012345"}

    refused = client.post(CREATE, data | contact)
    client.post(CREATE, data | contact | {"resident_consented": "on"})

    assert refused.status_code == 422
    assert "须经居民本人同意" in refused.text
    wish = Wish.objects.get()
    assert (wish.resident_phone, wish.resident_consented) == ("+865962012345", True)


@pytest.mark.parametrize("field", ["title", "text", "resident_name"])
def test_texts_with_a_phone_are_refused(field, signed_in, official, data):
    text = {field: "王阿姨13800138000", "resident_consented": "on"}

    response = signed_in(official).post(CREATE, data | text)

    assert response.status_code == 422
    assert response.context["form"].has_error(field, "mobile_number")


def test_edit_without_a_contact_keeps_the_one_put_down(signed_in, official, data):
    wish = WishFactory(community_id=data["community"], **CONTACT)

    signed_in(official).post(url("edit", wish), data | {"title": "想要字典"})

    wish.refresh_from_db()
    assert (wish.title, wish.resident_name) == ("想要字典", "示例陈阿婆")


def test_contact_typed_anew_replaces_the_old_one_whole(signed_in, official, data):
    wish = WishFactory(community_id=data["community"], **CONTACT)
    contact = {"resident_name": "示例林伯", "resident_consented": "on"}

    signed_in(official).post(url("edit", wish), data | contact)

    wish.refresh_from_db()
    assert (wish.resident_name, wish.resident_phone) == ("示例林伯", "")


def test_community_drops_the_contact(signed_in, official, community):
    wish = WishFactory(community=community, **CONTACT)

    signed_in(official).post(url("contact_drop", wish))

    wish.refresh_from_db()
    assert not wish.has_contact


# After the delivery ---------------------------------------------------------


def test_community_confirms_what_was_delivered(signed_in, official, community):
    claim = deliver_wish_claim(claim=claimed(community=community), by=UserFactory())

    signed_in(official).post(url("confirm", claim.wish))

    assert state_of(claim.wish) == "confirmed"


def test_confirming_too_early_says_why_not(signed_in, official, community):
    wish = claimed(community=community).wish

    response = signed_in(official).post(url("confirm", wish), follow=True)

    assert "不能改为“已实现”" in response.text


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("withdraw", "claimed", "withdrawn"),
        ("return", "delivered", "claimed"),
        ("release", "claimed", "published"),
    ],
)
def test_community_acts_for_a_reason_only(
    name, before, after, signed_in, official, community
):
    claim = claimed(community=community)
    if before == "delivered":
        deliver_wish_claim(claim=claim, by=claim.person)
    client = signed_in(official)

    response = client.post(url(name, claim.wish), {"reason": ""})

    assert (response.status_code, state_of(claim.wish)) == (422, before)
    client.post(url(name, claim.wish), {"reason": "示例"})
    assert state_of(claim.wish) == after


def test_claim_made_since_the_page_was_opened_is_not_released(
    signed_in, official, community
):
    client = signed_in(official)
    first = claimed(community=community)
    page = client.get(first.wish.get_absolute_url()).text
    (link,) = re.findall(rf'{url("release", first.wish)}[^"]*', page)
    withdraw_wish_claim(claim=first, reason="示例", by=first.person)
    now = timezone.now()
    second = claim_wish(wish=first.wish, by=UserFactory(), now=now)

    response = client.post(link, {"reason": "联系不上"}, follow=True)

    assert "认领的情况刚刚有变" in response.text
    assert state_of(second) == "active"


# Lists ----------------------------------------------------------------------


def listed(client, **asked):
    return [wish.title for wish in client.get(DESK, asked).context["page"]]


def test_community_lists_its_own_with_drafts(signed_in, official, community):
    WishFactory(community=community, title="草稿")
    PublishedWishFactory(title="别处")

    assert listed(signed_in(official)) == ["草稿"]


def test_unit_lists_what_is_open_and_what_it_claimed(signed_in):
    organization, person = unit()
    claimed(person, organization, title="我方")
    claimed(title="别人")
    PublishedWishFactory(title="待认领")
    client = signed_in(person)

    assert listed(client) == ["待认领", "我方"]
    assert listed(client, state="claimed", text="我") == ["我方"]


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_list_asks_the_same_few_questions(
    rows, signed_in, django_assert_num_queries
):
    for _number in range(rows):
        claimed(*reversed(unit()))
    client = signed_in(MembershipFactory(role="office").user)

    with django_assert_num_queries(10):
        response = client.get(DESK)

    assert len(response.context["page"]) == rows


# The desk -------------------------------------------------------------------


def test_desk_shows_the_community_what_waits_for_it(official, community):
    today = timezone.localdate()
    draft = WishFactory(community=community)
    delivered = deliver_wish_claim(
        claim=claimed(community=community), by=UserFactory()
    ).wish
    late = claimed(community=community).wish
    Wish.objects.filter(pk=late.pk).update(wanted_by=today - timedelta(days=1))
    claimed()

    desk = desk_wishes(official, today=today)

    found = {name: desk[name] for name in ("to_confirm", "late", "drafts")}
    assert found == {"to_confirm": [delivered], "late": [late], "drafts": [draft]}


def test_desk_shows_the_unit_its_claims_and_the_open_of_paired_communities(
    community, signed_in
):
    organization, person = paired_unit(community)
    claim = claimed(person, organization)
    wish = PublishedWishFactory(community=community, title="想要书包")
    PublishedWishFactory()

    desk = desk_wishes(person, today=timezone.localdate())

    assert (desk["claims"], desk["open"], desk["open"].total) == ([claim], [wish], 1)
    assert "想要书包" in signed_in(person).get(reverse("reports:desk")).text


def test_desk_is_no_concern_of_the_office(office_official):
    assert desk_wishes(office_official, today=timezone.localdate()) is None


def test_the_clock_closes_wishes_and_erases_contacts_once():
    yesterday = timezone.localdate() - timedelta(days=1)
    past = PublishedWishFactory(wanted_by=yesterday)
    ended_at = timezone.now() - timedelta(days=31)
    old = PublishedWishFactory(state="confirmed", ended_at=ended_at, **CONTACT)

    close_wishes()
    close_wishes()

    old.refresh_from_db()
    assert (state_of(past), old.has_contact) == ("expired", False)
