"""Pages of organisations: the tree and one organisation, as of a day."""

from datetime import date

import pytest
from django.urls import reverse

from tests.communities.trees import (
    MAY,
    ONE_DAY,
    Kind,
    ahead,
    branch,
    change,
    committee,
)
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
    WorkingCommitteeFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("communities:organization_list")


@pytest.fixture
def office():
    root = WorkingCommitteeFactory(name="区直机关工委", unit_name="区直机关工委")
    office = committee(root, name="区委办机关党委", unit_name="区委办公室")
    branch(office, name="区委办第一党支部", unit_name="区委办公室")
    return office


def shown(response):
    return [(place.version.name, place.depth) for place in response.context["page"]]


def test_everyone_sees_the_tree_in_order(client, office):
    branch(office.parent, name="区总工会党支部", unit_name="区总工会")

    response = client.get(LIST)

    assert shown(response) == [
        ("区直机关工委", 0),
        ("区委办机关党委", 1),
        ("区委办第一党支部", 2),
        ("区总工会党支部", 1),
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"text": "第一"},
        {"text": "qwbdy"},
        {"text": "QUWEIBANDIYI"},
        {"kind": "branch"},
    ],
    ids=["name", "initials", "pinyin", "kind"],
)
def test_tree_is_narrowed(client, office, query):
    response = client.get(LIST, query)

    assert [name for name, _depth in shown(response)] == ["区委办第一党支部"]


def test_tree_is_found_by_unit_and_code(client, office):
    by_unit = client.get(LIST, {"text": "区委办公室"})
    by_code = client.get(LIST, {"text": office.code.lower()})

    assert len(shown(by_unit)) == 2
    assert [name for name, _depth in shown(by_code)] == ["区委办机关党委"]


def test_tree_of_a_day_shows_names_and_places_of_that_day(client, office):
    change(office, Kind.RENAME, name="新机关党委")

    before = client.get(LIST, {"day": "2026-04-30"})
    after = client.get(LIST, {"day": "2026-05-01"})

    assert shown(before)[1] == ("区委办机关党委", 1)
    assert shown(after)[1] == ("新机关党委", 1)
    assert "现为新机关党委" in before.content.decode()


def test_old_name_is_found_on_its_day_only(client, office):
    change(office, Kind.RENAME, name="新机关党委")

    before = client.get(LIST, {"text": "qwbjg", "day": "2026-04-30"})
    after = client.get(LIST, {"text": "qwbjg"})

    assert [name for name, _depth in shown(before)] == ["区委办机关党委"]
    assert shown(after) == []


def test_what_was_merged_is_shown_when_asked_for(client, office):
    other = committee(office.parent, name="旧党委")
    change(other, Kind.MERGE, successor=office.pk)

    today = client.get(LIST)
    merged = client.get(LIST, {"state": "merged"})
    before = client.get(LIST, {"day": "2026-04-30"})

    assert "旧党委" not in dict(shown(today))
    assert shown(merged) == [("旧党委", 0)]
    assert dict(shown(before))["旧党委"] == 1


def test_tree_before_the_register_is_empty(client, office):
    response = client.get(LIST, {"day": "2010-01-01"})

    assert shown(response) == []
    assert "没有找到这样的党组织" in response.content.decode()


def test_empty_register_says_what_to_do(client, db):
    assert "名册还没有导入" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    "query",
    [{"day": "1999-01-01"}, {"kind": "x"}, {"text": "长" * 51}],
    ids=["year", "kind", "long"],
)
def test_query_that_makes_no_sense_is_answered_in_words(client, office, query):
    response = client.get(LIST, query)

    assert response.status_code == 200
    assert response.context["form"].errors


def test_htmx_gets_the_rows_alone(client, office):
    page = client.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert "区委办机关党委" in page


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (MAY - ONE_DAY, "active"),
        (MAY, "suspended"),
        (MAY + 9 * ONE_DAY, "suspended"),
        (MAY + 10 * ONE_DAY, "active"),
    ],
    ids=["before", "first-day", "last-day", "after"],
)
def test_a_past_day_says_whether_the_organisation_was_suspended(
    client, office, day, state
):
    """Both changes are told of later, as it happens."""
    change(office, Kind.SUSPEND)
    change(office, Kind.RESUME, day=MAY + 10 * ONE_DAY)

    page = client.get(office.get_absolute_url(), {"day": day.isoformat()})
    tree = client.get(LIST, {"day": day.isoformat(), "state": state})

    assert page.context["state"] == state
    assert "区委办机关党委" in [name for name, _depth in shown(tree)]


@pytest.mark.parametrize("count", [1, 3])
def test_tree_takes_two_queries(client, django_assert_num_queries, count):
    OrganizationFactory.create_batch(count)

    with django_assert_num_queries(2):
        client.get(LIST)


def test_tree_comes_in_pages_that_keep_the_filter(client, office):
    for number in range(30):
        branch(office, name=f"第{number}示例党支部")

    response = client.get(LIST, {"text": "示例党支部", "page": "2"})

    assert len(shown(response)) == 5
    assert "text=%E7%A4%BA" in response.content.decode()


def test_organization_page_of_a_day(client, office):
    change(office, Kind.RENAME, name="新机关党委")

    response = client.get(office.get_absolute_url(), {"day": "2026-04-30"})

    page = response.content.decode()
    assert response.context["version"].name == "区委办机关党委"
    assert [row.name for row in response.context["above"]] == ["区直机关工委"]
    assert [row.name for row in response.context["children"]] == ["区委办第一党支部"]
    assert "现在的名称是“新机关党委”" in page


def test_page_of_a_merged_one_leads_to_its_successor(client, office):
    other = committee(office.parent, name="旧党委")
    change(other, Kind.MERGE, successor=office.pk)

    of_old = client.get(other.get_absolute_url()).content.decode()
    of_new = client.get(office.get_absolute_url()).content.decode()
    before = client.get(other.get_absolute_url(), {"day": "2026-04-30"})

    assert office.get_absolute_url() in of_old
    assert "已合并，最后一天是 2026年4月30日" in of_old
    assert "旧党委" in of_new
    assert before.context["state"] == "active"


def test_page_of_a_day_before_it_was_founded_says_so(client, office):
    page = client.get(office.get_absolute_url(), {"day": "2010-01-01"})

    assert "还没有这个党组织" in page.content.decode()


def test_pairings_show_the_communities_under_the_names_of_the_day(client, office):
    place = CommunityFactory(name="旧社区")
    PairingFactory(organization=office, community=place, starts_on=date(2026, 1, 1))
    change(place, Kind.RENAME, name="新社区")

    before = client.get(office.get_absolute_url(), {"day": "2026-04-30"})
    today = client.get(office.get_absolute_url())

    def names(response):
        return [row.community_then.name for row in response.context["pairings"]["now"]]

    assert names(before) == ["旧社区"]
    assert names(today) == ["新社区"]


def test_pairings_that_ended_are_told_apart(client, office):
    PairingFactory(
        organization=office, starts_on=date(2026, 1, 1), ends_on=MAY - ONE_DAY
    )
    PairingFactory(organization=office, starts_on=ahead())

    pairings = client.get(office.get_absolute_url()).context["pairings"]

    counts = {name: len(rows) for name, rows in pairings.items()}
    assert counts == {"now": 0, "later": 1, "earlier": 1}


def test_a_pairing_that_went_on_with_another_leader_is_not_an_earlier_one(
    client, office
):
    old = PairingFactory(
        organization=office, starts_on=date(2026, 1, 1), ends_on=MAY - ONE_DAY
    )
    PairingFactory(organization=office, community=old.community, starts_on=MAY)

    pairings = client.get(office.get_absolute_url()).context["pairings"]

    assert [row.since for row in pairings["now"]] == [old.starts_on]
    assert pairings["earlier"] == []


def test_branch_shows_the_pairings_of_its_unit(client, office):
    pairing = PairingFactory(organization=office)
    own = office.children.get()

    assert client.get(own.get_absolute_url()).context["pairings"]["now"] == [pairing]


@pytest.mark.parametrize(
    ("role", "sees"),
    [("unit", True), ("office", True), ("street", False), (None, False)],
)
def test_contact_is_shown_masked_to_those_in_scope(
    signed_in, stranger, office, role, sees
):
    office.contact_name, office.contact_phone = "某联系人", "13800000001"
    office.save()
    scopes = {
        "unit": {"organization": office},
        "street": {"subdistrict": CommunityFactory().subdistrict},
    }
    user = stranger
    if role:
        user = MembershipFactory(role=role, **scopes.get(role, {})).user

    page = signed_in(user).get(office.get_absolute_url()).content.decode()

    assert ("某联系人" in page, "138****0001" in page) == (sees, sees)
    assert "13800000001" not in page


def test_persons_of_a_pairing_are_not_public(client, office):
    PairingFactory(organization=office, leader_name="某领导", contact_name="某联络")

    page = client.get(office.get_absolute_url()).content.decode()

    assert "某领导" not in page
    assert "某联络" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_organization_page_takes_a_fixed_number_of_queries(
    client, office, django_assert_num_queries, count
):
    PairingFactory.create_batch(count, organization=office)

    with django_assert_num_queries(15):
        client.get(office.get_absolute_url())


@pytest.mark.parametrize("pk", [0, 99999999999999999999])
def test_organization_that_is_none_is_not_found(client, db, pk):
    assert client.get(f"/organizations/{pk}/").status_code == 404


def test_only_who_keeps_the_register_is_led_to_changes(
    signed_in, unit_official, committee_official, office
):
    url = reverse("communities:change_create", args=[office.pk])

    def page(user):
        return signed_in(user).get(office.get_absolute_url()).content.decode()

    assert url in page(committee_official)
    assert url not in page(unit_official)
