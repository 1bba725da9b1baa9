"""The next shifts of a community, a fragment of its page."""

import pytest
from django.urls import reverse

from tests.factories.communities import CommunityFactory
from tests.factories.volunteers import ShiftFactory

pytestmark = pytest.mark.django_db


def url_of(community):
    return reverse("volunteers:community_shifts", args=[community.pk])


def test_shifts_of_a_community_are_its_own(client, community):
    here = ShiftFactory(community=community)
    ShiftFactory(community=CommunityFactory())

    response = client.get(url_of(community))

    assert [row.pk for row in response.context["shifts"]] == [here.pk]
    assert f"?community={community.pk}" in response.content.decode()


def test_shifts_of_a_community_come_as_a_fragment_to_htmx(client, community):
    response = client.get(url_of(community), headers={"HX-Request": "true"})

    page = response.content.decode()
    assert "<html" not in page
    assert "近期这里没有班次" in page


def test_shifts_of_an_unknown_community_are_not_found(client, db):
    assert client.get("/communities/0/shifts/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_shifts_of_a_community_take_a_fixed_number_of_queries(
    client, community, django_assert_num_queries, count
):
    ShiftFactory.create_batch(count, community=community)

    with django_assert_num_queries(2):
        client.get(url_of(community), headers={"HX-Request": "true"})
