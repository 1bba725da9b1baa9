"""Micro-wishes as everyone reads and claims them, through the client."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Wish, WishClaim
from tests.communities.needs import community_official
from tests.communities.wishes import claimed, state_of, unit
from tests.factories.accounts import UserFactory
from tests.factories.communities import CommunityFactory, SubdistrictFactory
from tests.factories.wishes import PublishedWishFactory, WishFactory

pytestmark = pytest.mark.django_db
LIST = reverse("communities:wish_list")


def titles(response):
    return [wish.title for wish in response.context["page"]]


def claim_url(wish):
    return reverse("communities:wish_claim", args=[wish.pk])


# The list -------------------------------------------------------------------


def test_everyone_reads_open_wishes_first_and_none_that_is_not_public(client):
    ended = {"ended_at": timezone.now()}
    PublishedWishFactory(title="已过期", state="expired", **ended)
    PublishedWishFactory(title="已撤回", state="withdrawn", **ended)
    WishFactory(title="草稿")
    PublishedWishFactory(title="待认领")
    PublishedWishFactory(title="已实现", state="confirmed", **ended)

    assert titles(client.get(LIST)) == ["待认领", "已实现"]


def test_list_keeps_to_street_category_and_what_is_open(client):
    street = SubdistrictFactory()
    here = {"community": CommunityFactory(subdistrict=street)}
    PublishedWishFactory(title="别处")
    PublishedWishFactory(title="陪伴", category="company", **here)
    PublishedWishFactory(title="有人认领", state="claimed", **here)
    PublishedWishFactory(title="想要书包", **here)
    asked = {"street": street.pk, "category": "goods", "is_open": "on"}

    assert titles(client.get(LIST, asked)) == ["想要书包"]


def test_empty_list_says_what_to_do_next(client):
    assert "找到我的社区" in client.get(LIST).text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_few_questions_for_any_number(
    rows, client, django_assert_num_queries
):
    for _number in range(rows):
        organization, official = unit()
        claimed(official, organization)

    with django_assert_num_queries(6):
        client.get(LIST)


def test_htmx_gets_the_cards_alone(client):
    PublishedWishFactory(title="想要书包")

    text = client.get(LIST, headers={"HX-Request": "true"}).text

    assert "想要书包" in text
    assert "<html" not in text


# One wish -------------------------------------------------------------------


def test_nobody_is_led_to_sign_in_and_back(client):
    wish = PublishedWishFactory()

    text = client.get(wish.get_absolute_url()).text

    assert f"{reverse('account_login')}?next={wish.get_absolute_url()}" in text


def test_session_that_ended_leads_back_to_the_page_with_the_button(client):
    wish = PublishedWishFactory()

    response = client.post(reverse("communities:wish_claim", args=[wish.pk]))

    assert response.url.endswith(f"?next={wish.get_absolute_url()}")


def test_person_claims_with_one_click(signed_in, stranger):
    wish = PublishedWishFactory()

    response = signed_in(stranger).post(claim_url(wish), {"note": "周末送来"})

    assert response.url == wish.get_absolute_url()
    assert WishClaim.objects.get().person == stranger


def test_official_may_claim_for_the_organization_or_in_person(signed_in):
    organization, official = unit()
    first, second = PublishedWishFactory.create_batch(2)
    client = signed_in(official)

    client.post(claim_url(first), {"organization": organization.pk})
    client.post(claim_url(second), {"organization": ""})

    claims = WishClaim.objects.order_by("pk").values_list("organization", "person")
    assert list(claims) == [(organization.pk, None), (None, official.pk)]


def test_organization_of_others_is_no_choice(signed_in):
    other, _official = unit()
    wish = PublishedWishFactory()

    response = signed_in(unit()[1]).post(claim_url(wish), {"organization": other.pk})

    assert (response.status_code, state_of(wish)) == (422, "published")


def test_late_claimant_reads_that_it_has_just_been_taken(signed_in, stranger):
    wish = claimed().wish

    response = signed_in(stranger).post(claim_url(wish))

    assert response.status_code == 422
    assert "刚刚已被认领" in response.text


def test_minor_reads_who_may_claim_instead_and_gets_no_form(signed_in):
    wish = PublishedWishFactory()

    text = signed_in(UserFactory(age_band="14-17")).get(wish.get_absolute_url()).text

    assert "监护人或者党组织" in text
    assert claim_url(wish) not in text


def test_note_with_a_phone_is_refused(signed_in, stranger):
    wish = PublishedWishFactory()

    response = signed_in(stranger).post(claim_url(wish), {"note": "电话13800138000"})

    assert (response.status_code, state_of(wish)) == (422, "published")


def test_wish_past_its_day_offers_nothing_to_claim(signed_in, stranger):
    wish = PublishedWishFactory(wanted_by=timezone.localdate() - timedelta(days=1))

    text = signed_in(stranger).get(wish.get_absolute_url()).text

    assert claim_url(wish) not in text


# Claims ---------------------------------------------------------------------


def test_claimant_delivers_and_the_community_is_asked(signed_in):
    claim = claimed()
    url = reverse("communities:wish_claim_deliver", args=[claim.pk])

    signed_in(claim.person).post(url)

    assert state_of(claim.wish) == Wish.State.DELIVERED


def test_claimant_gives_up_for_a_reason(signed_in):
    claim = claimed()
    url = reverse("communities:wish_claim_withdraw", args=[claim.pk])
    client = signed_in(claim.person)

    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "要出差"})
    assert state_of(claim.wish) == Wish.State.PUBLISHED


def test_community_does_not_deliver_for_the_claimant(signed_in):
    claim = claimed()
    official = community_official(claim.wish.community)
    url = reverse("communities:wish_claim_deliver", args=[claim.pk])

    assert signed_in(official).post(url).status_code == 403
    assert state_of(claim.wish) == "claimed"


def test_claim_of_others_is_unknown(signed_in, stranger):
    url = reverse("communities:wish_claim_deliver", args=[claimed().pk])

    assert signed_in(stranger).post(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_own_claims_come_with_the_same_few_questions(
    rows, signed_in, stranger, django_assert_num_queries
):
    for _number in range(rows):
        claimed(by=stranger)
    client = signed_in(stranger)

    with django_assert_num_queries(8):
        response = client.get(reverse("communities:wish_mine"))

    assert len(response.context["page"]) == rows


def test_me_leads_to_what_one_has_claimed(signed_in, stranger):
    text = signed_in(stranger).get(reverse("volunteers:me")).text

    assert reverse("communities:wish_mine") in text


def test_public_page_of_the_community_shows_its_open_wishes_only(client):
    wish = PublishedWishFactory(title="想要书包")
    PublishedWishFactory(community=wish.community, title="有人", state="claimed")

    response = client.get(wish.community.get_absolute_url())

    assert response.context["wishes"] == {"rows": [wish], "count": 1}
    assert "想要书包" in response.text
