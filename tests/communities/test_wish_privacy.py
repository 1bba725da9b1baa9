"""Who sees whom of micro-wishes: the resident, and who claimed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions.wish_claims import (
    WishRefused,
    deliver_wish_claim,
    see_wish_contact,
    withdraw_wish_claim,
)
from communities.actions.wishes import confirm_wish
from core.models import AuditEntry
from tests.communities.needs import community_official
from tests.communities.wishes import CONTACT, claimed, unit
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory
from tests.factories.wishes import PublishedWishFactory

pytestmark = pytest.mark.django_db
SECRETS = ("陈阿婆", "13800138000", "热心王先生", "13900139000")


@pytest.fixture
def claim():
    """A wish with a contact, claimed by a person with a phone."""
    person = UserFactory(display_name="热心王先生", phone="+8613900139000")
    return claimed(by=person, **CONTACT)


@pytest.fixture
def unit_claim():
    """A wish with a contact, claimed by an organisation."""
    organization, official = unit()
    return claimed(official, organization, **CONTACT)


def ask(client, wish):
    return client.post(reverse("communities:wish_contact", args=[wish.pk]))


def in_text(response):
    return [secret for secret in SECRETS if secret in response.text]


def seen():
    return AuditEntry.objects.filter(verb="communities.wish_contact_seen")


def test_public_pages_tell_neither_the_resident_nor_the_person(claim, client):
    pages = [
        reverse("communities:wish_list"),
        claim.wish.get_absolute_url(),
        claim.wish.community.get_absolute_url(),
    ]

    found = {page: in_text(client.get(page)) for page in pages}

    assert found == {page: [] for page in pages}
    assert "已由热心居民认领" in client.get(pages[1]).text


def test_public_page_names_the_organization(unit_claim, client):
    text = client.get(unit_claim.wish.get_absolute_url()).text

    assert f"已由{unit_claim.organization.name}认领" in text


@pytest.mark.parametrize(
    "page", ["wish_detail", "wish_edit", "wish_desk", "wish_contact"]
)
def test_no_page_shows_the_contact_on_get_even_to_the_community(page, signed_in):
    wish = PublishedWishFactory(**CONTACT)
    official = community_official(wish.community)
    url = reverse(f"communities:{page}", args=[] if page == "wish_desk" else [wish.pk])

    response = signed_in(official).get(url)

    assert response.status_code == (405 if page == "wish_contact" else 200)
    assert in_text(response) == []


def test_community_sees_both_by_post_with_a_line_in_the_audit_log(claim, signed_in):
    official = community_official(claim.wish.community)

    response = ask(signed_in(official), claim.wish)

    assert in_text(response) == list(SECRETS)
    (entry,) = seen()
    assert (entry.actor_id, entry.target_id) == (official.pk, claim.wish_id)
    assert entry.data == {"resident": True, "claimant": True}


def test_unit_that_claimed_sees_the_resident_alone(unit_claim, signed_in):
    response = ask(signed_in(unit_claim.claimed_by), unit_claim.wish)

    assert in_text(response) == ["陈阿婆", "13800138000"]
    assert seen().get().data == {"resident": True, "claimant": False}


def test_person_who_claimed_does_not_get_the_contact(claim, signed_in):
    response = ask(signed_in(claim.person), claim.wish)

    assert (response.status_code, seen().count()) == (403, 0)


@pytest.mark.parametrize("role", ["unit", "street", "community", "office", "auditor"])
def test_official_of_others_does_not_get_the_contact(role, unit_claim, signed_in):
    other = claimed(*reversed(unit())).wish.community
    places = {
        "unit": {"organization": unit()[0]},
        "street": {"subdistrict": unit_claim.wish.community.subdistrict},
        "community": {"community": other},
    }
    official = MembershipFactory(role=role, **places.get(role, {})).user

    response = ask(signed_in(official), unit_claim.wish)

    assert (response.status_code, seen().count()) == (403, 0)


def test_claim_given_up_closes_the_contact_to_the_unit(unit_claim, signed_in):
    official = unit_claim.claimed_by
    withdraw_wish_claim(claim=unit_claim, reason="示例", by=official)

    assert ask(signed_in(official), unit_claim.wish).status_code == 403


def test_confirmed_wish_closes_the_contact_to_the_unit_and_the_claimant(
    claim, unit_claim, signed_in
):
    for row in (claim, unit_claim):
        deliver_wish_claim(claim=row, by=row.claimed_by)
        confirm_wish(wish=row.wish, by=UserFactory(), now=timezone.now())
    official = community_official(claim.wish.community)

    assert ask(signed_in(unit_claim.claimed_by), unit_claim.wish).status_code == 403
    response = ask(signed_in(official), claim.wish)
    assert in_text(response) == ["陈阿婆", "13800138000"]


def test_action_itself_refuses_who_may_not_see():
    with pytest.raises(WishRefused, match="没有可以查看的联系方式"):
        see_wish_contact(wish=PublishedWishFactory(**CONTACT), by=UserFactory())


def test_history_names_no_person_even_to_the_community(claim, signed_in):
    official = community_official(claim.wish.community)

    response = signed_in(official).get(claim.wish.get_absolute_url())

    assert response.context["history"][0]["state"] == "已认领"
    assert in_text(response) == []


def test_neither_audit_lines_nor_messages_hold_a_contact(claim, unit_claim):
    deliver_wish_claim(claim=claim, by=claim.person)

    rows = [*AuditEntry.objects.values_list("target_name", "data")]
    rows += claim.person.notifications.values_list("title", "body")
    assert [secret for secret in SECRETS if secret in str(rows)] == []


def test_account_closed_leaves_the_wish_to_the_community(claim, signed_in):
    claim.person.is_active = False
    claim.person.save()
    client = signed_in(community_official(claim.wish.community))
    url = reverse("communities:wish_release", args=[claim.wish_id])

    client.post(url, {"reason": "联系不上"})

    assert "待认领" in client.get(claim.wish.get_absolute_url()).text
