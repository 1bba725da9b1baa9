"""Pages of communities: public, without personal data."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    PairingFactory,
    SubdistrictFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("communities:community_list")


def shown(response):
    return {
        street.name: [community.name for community in communities]
        for street, communities in response.context["groups"]
    }


@pytest.fixture
def north():
    street = SubdistrictFactory(name="通北街道")
    CommunityFactory(name="湖内社区", subdistrict=street)
    CommunityFactory(name="和平里社区", subdistrict=street)
    return street


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"通北街道": ["湖内社区", "和平里社区"], "浦南镇": ["松州村"]}),
        ({"text": "湖内"}, {"通北街道": ["湖内社区"]}),
        ({"text": "hnsq"}, {"通北街道": ["湖内社区"]}),
        ({"text": "HePing"}, {"通北街道": ["和平里社区"]}),
        ({"text": "没有的"}, {}),
    ],
    ids=["all", "name", "initials", "pinyin", "none"],
)
def test_communities_are_found_by_name_pinyin_and_initials(client, north, query, names):
    CommunityFactory(name="松州村", subdistrict=SubdistrictFactory(name="浦南镇"))

    response = client.get(LIST, query)

    assert response.status_code == 200
    assert shown(response) == names


def test_communities_are_narrowed_to_a_street(client, north):
    CommunityFactory(name="松州村")

    response = client.get(LIST, {"street": north.pk})

    assert shown(response) == {"通北街道": ["湖内社区", "和平里社区"]}


def test_the_list_counts_the_units_of_today(client, north):
    community = north.communities.get(name="湖内社区")
    PairingFactory.create_batch(2, community=community)
    PairingFactory(community=community, ends_on=date(2026, 1, 2))

    response = client.get(LIST, {"text": "湖内"})

    ((_street, (found,)),) = response.context["groups"]
    assert found.pairing_count == 2
    assert "2 个单位" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"street": "abc"},
        {"street": "99999999999999999999999"},
        {"text": "长" * 51},
        {"text": "零\u200b宽"},
    ],
    ids=["word", "huge", "long", "unseen"],
)
def test_a_query_that_makes_no_sense_is_answered_in_words(client, north, query):
    response = client.get(LIST, query)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["groups"] == []


def test_htmx_gets_the_groups_alone(client, north):
    response = client.get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert "湖内社区" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(
    client, django_assert_num_queries, count
):
    CommunityFactory.create_batch(count)

    with django_assert_num_queries(2):
        client.get(LIST)


def test_the_public_sees_units_but_no_person(client):
    pairing = PairingFactory(
        leader_name="某领导", contact_name="某联络", contact_phone="+8613800000001"
    )

    response = client.get(pairing.community.get_absolute_url())

    page = response.content.decode()
    assert pairing.organization.unit_name in page
    assert pairing.organization.name in page
    for secret in ("某领导", "某联络", "13800000001", "138****0001"):
        assert secret not in page
    shifts = reverse("volunteers:shift_list")
    assert f"{shifts}?community={pairing.community_id}" in page


def test_units_that_are_no_longer_paired_are_not_shown(client, community):
    PairingFactory(community=community, ends_on=date(2026, 1, 2))

    response = client.get(community.get_absolute_url())

    assert response.context["pairings"] == []


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("office", True),
        ("committee", True),
        ("auditor", True),
        ("street", True),
        ("community", True),
        ("unit", True),
        ("other street", False),
        ("other unit", False),
        (None, False),
    ],
)
def test_officials_see_the_leaders_of_their_scope(signed_in, stranger, role, sees):
    pairing = PairingFactory(leader_name="某领导")
    scopes = {
        "street": {"subdistrict": pairing.community.subdistrict},
        "community": {"community": pairing.community},
        "unit": {"organization": pairing.organization},
        "other street": {"subdistrict": SubdistrictFactory()},
        "other unit": {"organization": PairingFactory().organization},
    }
    user = stranger
    if role:
        scope = scopes.get(role, {})
        user = MembershipFactory(role=role.removeprefix("other "), **scope).user

    response = signed_in(user).get(pairing.community.get_absolute_url())

    assert ("某领导" in response.content.decode()) is sees


@pytest.mark.parametrize("count", [1, 3])
def test_a_community_takes_a_fixed_number_of_queries(
    client, community, django_assert_num_queries, count
):
    PairingFactory.create_batch(count, community=community)

    with django_assert_num_queries(2):
        client.get(community.get_absolute_url())


@pytest.mark.parametrize("pk", [0, 99999999999999999999])
def test_a_community_that_is_none_is_not_found(client, pk):
    assert client.get(f"/communities/{pk}/").status_code == 404
