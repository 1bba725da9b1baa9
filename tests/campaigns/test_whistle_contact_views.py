"""The resident's contact: who sees it, after which click, and what is recorded."""

import pytest
from django.urls import reverse

from campaigns.actions.whistle_contact import see_contact
from campaigns.rules import WhistleRefused
from core.models import AuditEntry
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
CONTACT = {
    "resident_name": "陈阿婆",
    "resident_phone": "+8613800007777",
    "resident_consented": True,
}
SECRETS = ("陈阿婆", "13800007777", "138 0000 7777", "138****7777")
TRUSTED = {
    "accept_due_at": "2026-05-06T08:00:00Z",
    "accepted_at": "2026-05-06T07:00:00Z",
}


@pytest.fixture
def whistle():
    return IssuedWhistleFactory(**CONTACT, state="handling")


def official(role, **scope):
    return MembershipFactory(role=role, **scope).user


def unit_of(whistle, state):
    times = TRUSTED if state in {"accepted", "handling", "delivered"} else {}
    response = WhistleResponseFactory(whistle=whistle, state=state, **times)
    return official("unit", organization=response.organization)


def show(client, whistle, **headers):
    url = reverse("campaigns:whistle_contact", args=[whistle.pk])
    return client.post(url, headers=headers)


def seen_lines():
    return list(
        AuditEntry.objects.filter(verb="campaigns.whistle_contact_seen").values(
            "actor_id", "target_id", "target_name", "data"
        )
    )


@pytest.mark.parametrize("state", ["accepted", "handling", "delivered"])
def test_contact_is_shown_to_a_unit_that_accepted(state, whistle, signed_in):
    response = show(signed_in(unit_of(whistle, state)), whistle)

    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (
        200,
        "private, no-store",
    )
    assert "陈阿婆" in page
    assert '<a href="tel:+8613800007777">13800007777</a>' in page


@pytest.mark.parametrize("state", ["asked", "returned", "released"])
def test_contact_is_403_to_a_unit_that_was_only_asked_or_is_out(
    state, whistle, signed_in
):
    response = show(signed_in(unit_of(whistle, state)), whistle)

    assert (response.status_code, seen_lines()) == (403, [])


@pytest.mark.parametrize("role", ["street", "office", "committee", "auditor"])
def test_contact_is_403_to_who_only_watches(role, whistle, signed_in):
    scope = {"subdistrict": whistle.community.subdistrict} if role == "street" else {}

    response = show(signed_in(official(role, **scope)), whistle)

    assert (response.status_code, seen_lines()) == (403, [])


def test_contact_is_404_out_of_scope(whistle, signed_in, unit_official):
    other = official("community", community=IssuedWhistleFactory().community)

    found = [
        show(signed_in(user), whistle).status_code for user in (unit_official, other)
    ]

    assert found == [404, 404]


def test_contact_is_recorded_without_name_or_phone(whistle, signed_in, caplog):
    caplog.set_level("DEBUG")
    person = official("community", community=whistle.community)

    show(signed_in(person), whistle, hx_request="true")

    assert seen_lines() == [
        {
            "actor_id": person.pk,
            "target_id": whistle.pk,
            "target_name": whistle.title,
            "data": {},
        }
    ]
    kept = caplog.text + str(list(AuditEntry.objects.values()))
    assert [secret for secret in SECRETS if secret in kept] == []


def test_focus_goes_to_the_contact_once_its_button_is_gone(whistle, signed_in):
    client = signed_in(official("community", community=whistle.community))

    before = client.get(whistle.get_absolute_url()).text
    shown = show(client, whistle, hx_request="true").text

    assert "autofocus" not in before
    assert '<h2 tabindex="-1" autofocus>' in shown


def test_contact_with_scripts_is_a_fragment(whistle, signed_in):
    person = official("community", community=whistle.community)

    response = show(signed_in(person), whistle, hx_request="true")

    page = response.content.decode()
    assert ("陈阿婆" in page, "<html" in page) == (True, False)
    assert response["Cache-Control"] == "private, no-store"


def test_contact_that_was_never_given_is_not_recorded(signed_in):
    whistle = WhistleFactory()
    person = official("community", community=whistle.community)

    response = show(signed_in(person), whistle)

    assert "没有登记居民联系方式" in response.content.decode()
    assert seen_lines() == []


def test_contact_by_get_is_405(whistle, signed_in):
    client = signed_in(official("community", community=whistle.community))

    url = reverse("campaigns:whistle_contact", args=[whistle.pk])

    assert client.get(url).status_code == 405


def test_see_contact_by_a_unit_released_a_moment_ago_is_refused(whistle):
    person = unit_of(whistle, "handling")
    whistle.responses.update(state="released")

    with pytest.raises(WhistleRefused, match="只有社区和已接单的党组织"):
        see_contact(whistle=whistle, by=person)


@pytest.mark.parametrize("role", ["community", "unit", "street", "office", "auditor"])
def test_contact_stands_in_no_page_before_it_is_asked_for(role, whistle, signed_in):
    """Nor in the answer of any page about the whistle that only reads."""
    organization = OrganizationFactory()
    WhistleResponseFactory(
        whistle=whistle, organization=organization, state="handling", **TRUSTED
    )
    scope = {
        "community": {"community": whistle.community},
        "unit": {"organization": organization},
        "street": {"subdistrict": whistle.community.subdistrict},
    }.get(role, {})
    client = signed_in(official(role, **scope))
    names = ["whistle_detail", "whistle_dispatch", "whistle_merge", "whistle_send_back"]
    urls = [reverse(f"campaigns:{name}", args=[whistle.pk]) for name in names]
    urls += [reverse("campaigns:whistle_board"), reverse("campaigns:whistle_list")]

    pages = [client.get(url, follow=True) for url in urls]

    assert pages[0].status_code == 200
    shown = "".join(page.content.decode() for page in pages)
    assert [secret for secret in SECRETS if secret in shown] == []
