"""Pages of communities: public, without personal data."""

import re
from datetime import date

import pytest
from django.urls import reverse

from communities.actions import plan_change
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationReportInFactory,
    PairingFactory,
    SubdistrictFactory,
)
from tests.factories.needs import PublishedNeedFactory

pytestmark = pytest.mark.django_db

LIST = reverse("communities:community_list")
COMMUNITY_QUERIES = 16


def shown(response):
    return {
        street.name: [community.name for community in communities]
        for street, communities in response.context["groups"]
    }


def renamed(community, name, *, on=date(2026, 5, 1)):
    plan_change(
        target=community,
        kind="rename",
        effective_on=on,
        details={"name": name},
        by=None,
    )
    community.refresh_from_db()
    return community


def merged(old, new, *, on=date(2026, 5, 1)):
    plan_change(
        target=old,
        kind="merge",
        effective_on=on,
        details={"successor": new.pk},
        by=None,
    )


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
        {"kind": "town"},
        {"order": "name"},
    ],
    ids=["word", "huge", "long", "unseen", "kind", "order"],
)
def test_a_query_that_makes_no_sense_is_answered_in_words(client, north, query):
    response = client.get(LIST, query)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["groups"] == []


def test_communities_are_narrowed_to_a_kind(client, north):
    CommunityFactory(name="松州村", kind="village", subdistrict=north)

    response = client.get(LIST, {"kind": "village"})

    assert shown(response) == {"通北街道": ["松州村"]}


def test_the_most_paired_come_first_on_request(client, north):
    CommunityFactory(name="松州村")
    PairingFactory(community=north.communities.get(name="和平里社区"))

    response = client.get(LIST, {"order": "pairings"})

    names = [row.name for row in response.context["rows"]]
    assert names == ["和平里社区", "湖内社区", "松州村"]


@pytest.mark.parametrize("text", ["湖内", "hnsq", "HuNei", "湖內"])
def test_a_community_is_found_by_a_former_name(client, north, text):
    renamed(north.communities.get(name="湖内社区"), "湖滨社区")

    response = client.get(LIST, {"text": text})

    assert shown(response) == {"通北街道": ["湖滨社区"]}
    assert "曾用名：湖内社区" in response.content.decode()


def test_a_community_that_ended_is_not_listed(client, north):
    old, new = north.communities.all()
    merged(old, new)

    assert shown(client.get(LIST)) == {"通北街道": [new.name]}


def test_a_community_that_ended_is_found_and_leads_to_its_successor(client, north):
    old, new = north.communities.all()
    merged(old, new)

    response = client.get(LIST, {"text": old.name})

    page = response.content.decode()
    assert shown(response) == {"通北街道": [old.name]}
    assert f"已由{new.name}承接" in page
    assert f'href="{new.get_absolute_url()}"' in page


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


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_takes_a_fixed_number_of_queries(
    client, django_assert_num_queries, count
):
    for community in CommunityFactory.create_batch(count, name="湖内社区"):
        renamed(community, "湖滨社区")

    with django_assert_num_queries(4):
        client.get(LIST, {"text": "湖内"})


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


def test_units_that_are_no_longer_paired_are_shown_as_earlier(client, community):
    pairing = PairingFactory(community=community, ends_on=date(2026, 1, 2))

    response = client.get(community.get_absolute_url())

    assert response.context["pairings"] == []
    assert list(response.context["earlier"]) == [pairing]


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
    ends_on = date(2026, 1, 2)
    PairingFactory.create_batch(count, community=community, ends_on=ends_on)
    for number in range(count):
        renamed(community, f"新{number}社区", on=date(2026, 2, 1 + number))

    with django_assert_num_queries(COMMUNITY_QUERIES):
        client.get(community.get_absolute_url())


@pytest.mark.parametrize("pk", [0, 99999999999999999999])
def test_a_community_that_is_none_is_not_found(client, pk):
    assert client.get(f"/communities/{pk}/").status_code == 404


def test_the_page_of_an_earlier_day_says_what_was_true_then(client, community):
    pairing = PairingFactory(community=community, ends_on=date(2026, 6, 30))
    old_name, street = community.name, community.subdistrict
    old_unit = pairing.organization.unit_name
    renamed(community, "湖滨社区", on=date(2026, 6, 1))
    unit = pairing.organization
    plan_change(
        target=unit,
        kind="rename",
        effective_on=date(2026, 6, 1),
        details={"name": "新支部", "unit_name": "新单位"},
        by=None,
    )

    response = client.get(community.get_absolute_url(), {"day": "2026-05-03"})

    page = response.content.decode()
    assert f"<h1>{old_name}</h1>" in page
    assert f"现在是{street}的湖滨社区" in page
    assert response.context["pairings"] == [pairing]
    assert old_unit in page
    assert "新单位" not in page


def test_earlier_units_bear_the_names_of_their_last_day(client, community):
    pairing = PairingFactory(community=community, ends_on=date(2026, 4, 30))
    old_unit = pairing.organization.unit_name
    plan_change(
        target=pairing.organization,
        kind="rename",
        effective_on=date(2026, 6, 1),
        details={"name": "新支部", "unit_name": "新单位"},
        by=None,
    )

    page = client.get(community.get_absolute_url()).content.decode()

    assert old_unit in page
    assert "新单位" not in page


def test_a_merged_community_leads_to_its_successor(client):
    old, new = CommunityFactory.create_batch(2)
    pairing = PairingFactory(community=old)
    merged(old, new)

    today = client.get(old.get_absolute_url())
    before = client.get(old.get_absolute_url(), {"day": "2026-04-30"})

    assert f'href="{new.get_absolute_url()}"' in today.content.decode()
    assert "承接" not in before.content.decode()
    assert before.context["pairings"] == [pairing]


def test_a_successor_names_what_went_into_it(client):
    old, new = CommunityFactory.create_batch(2)
    merged(old, new)

    page = client.get(new.get_absolute_url()).content.decode()

    assert f"{old.get_absolute_url()}?day=2026-04-30" in page


def test_a_day_before_a_community_was_made_says_so(client, community):
    plan_change(
        target=community,
        kind="split",
        effective_on=date(2026, 5, 1),
        details={"nodes": [{"name": "新社区", "code": "350602006901"}]},
        by=None,
    )
    made = type(community).objects.get(name="新社区")

    page = client.get(made.get_absolute_url(), {"day": "2026-04-30"})

    assert "还没有这个社区（村）" in page.content.decode()


@pytest.mark.parametrize(
    "day", ["abc", "0000-01-01", "9999-12-31", "2026-02-30", "1" * 5000]
)
def test_a_day_that_is_none_is_said_at_the_field(client, community, day):
    response = client.get(community.get_absolute_url(), {"day": day})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["day"]


def test_changes_are_listed_for_the_keeper_of_the_register(
    client, signed_in, committee_official, community
):
    renamed(community, "湖滨社区")

    keeper = signed_in(committee_official).get(community.get_absolute_url())
    public = client.get(community.get_absolute_url())

    assert [change.kind for change in keeper.context["changes"]] == ["rename"]
    assert list(public.context["changes"]) == []


@pytest.mark.parametrize(
    ("role", "sees"), [("committee", True), ("community", True), (None, False)]
)
def test_agreements_are_shown_to_officials(signed_in, stranger, community, role, sees):
    scope = {"community": community} if role == "community" else {}
    user = MembershipFactory(role=role, **scope).user if role else stranger

    response = signed_in(user).get(community.get_absolute_url())

    assert ("共建协议" in response.content.decode()) is sees


def test_a_community_that_ended_asks_for_nothing_more(client):
    old, new = CommunityFactory.create_batch(2)
    merged(old, new)

    page = client.get(old.get_absolute_url()).content.decode()

    for section in ("单位报到", "社区需求", "服务岗位", "党员报到", "这里的志愿班次"):
        assert section not in page


def test_what_a_community_has_none_of_is_folded_into_one_line(client, community):
    PublishedNeedFactory(community=community)

    page = client.get(community.get_absolute_url()).content.decode()

    quiet = re.search(r'<ul class="quiet-list">(.*?)</ul>', page, re.DOTALL)[1]
    assert "挂钩领导" in quiet
    assert "社区需求" not in quiet
    assert 'id="needs"' in page
    assert 'id="posts"' not in page


def test_report_ins_received_are_not_said_to_be_none(client, community):
    report_in = OrganizationReportInFactory(community=community, received=True)
    PairingFactory(community=community, organization=report_in.organization)
    july = {"day": "2026-07-01"}

    page = client.get(community.get_absolute_url(), july).content.decode()

    assert "已报到 1 个" in page
    assert "单位报到" not in page.split('<ul class="quiet-list">')[1].split("</ul>")[0]
