"""Near a place one names: its community's street, and what was understood."""

import pytest
from django.urls import reverse

from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import CommunityFactory, SubdistrictFactory
from tests.factories.volunteers import ShiftFactory

pytestmark = pytest.mark.django_db
LIST = reverse("volunteers:shift_list")


@pytest.fixture
def places():
    """Two streets with two communities each, and a shift in every community."""
    activity = ActivityFactory(state="published", community=None)
    shifts = {}
    for street, names in {
        "巷口街道": ("湖内社区", "巷口社区"),
        "浦南镇": ("松州村", "湖滨社区"),
    }.items():
        subdistrict = SubdistrictFactory(name=street)
        for name in names:
            community = CommunityFactory(name=name, subdistrict=subdistrict)
            shifts[name] = ShiftFactory(
                activity=activity,
                community=community,
                place=f"{name}广场",
                title="岗位",
            ).pk
    return shifts


def asked(client, near):
    response = client.get(LIST, {"near": near})
    return response, [row.pk for row in response.context["shifts"]]


@pytest.mark.parametrize(
    "near",
    ["湖内社区", "湖内", "huneishequ", "hunei", "hnsq", "HN", "巷口街道湖内社区"],
)
def test_near_a_community_are_the_communities_of_its_street(near, places, client):
    response, shown = asked(client, near)

    assert shown == [places["湖内社区"], places["巷口社区"]]
    page = response.content.decode()
    assert "湖内社区和同属巷口街道的其他社区（村）" in page
    assert "只看湖内社区" in page


@pytest.mark.parametrize("near", ["浦南镇", "浦南", "pn"])
def test_near_a_street_is_the_street(near, places, client):
    response, shown = asked(client, near)

    assert shown == [places["松州村"], places["湖滨社区"]]
    assert "在浦南镇的各社区" in response.content.decode()


def test_near_what_may_mean_several_offers_a_choice_that_is_clear(places, client):
    response, shown = asked(client, "湖")

    assert shown == [places["湖内社区"], places["湖滨社区"]]
    near = response.context["near"]
    assert [one.words for one in near.choices] == ["巷口街道湖内社区", "浦南镇湖滨社区"]
    assert asked(client, near.choices[1].words)[0].context["near"].name == "湖滨社区"


def test_near_a_meeting_place_is_near_its_community(places, client):
    response, shown = asked(client, "松州村广场")

    assert shown == [places["松州村"], places["湖滨社区"]]
    assert response.context["near"].name == "松州村"


def test_near_a_meeting_place_of_several_communities_shows_these(places, client):
    response, shown = asked(client, "广场")

    assert shown == list(places.values())
    assert "集合地点与“广场”相符的班次" in response.content.decode()


def test_near_nothing_known_says_so_and_offers_what_is_alike(places, client):
    response, shown = asked(client, "湖外社区")

    page = response.content.decode()
    assert (shown, "没有找到叫“湖外社区”的" in page) == ([], True)
    assert "巷口街道湖内社区" in [one.label for one in response.context["near"].choices]


def test_near_asks_no_query_more_for_a_name(places, client, django_assert_num_queries):
    # Log, registers, shifts.
    with django_assert_num_queries(3):
        client.get(LIST, {"near": "湖内"})
