"""Pages of the progress matrix."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from communities.models import Organization
from tests.communities.trees import branch, committee
from tests.factories.campaigns import CampaignFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)
from tests.reports.ledgers import activity

pytestmark = pytest.mark.django_db
URL = "/overview/progress/"
MATRIX = re.compile(r'<div class="table-wrap".*?</main>', re.S)


@pytest.fixture(autouse=True)
def campaign():
    return CampaignFactory()


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def links(response):
    """What the figures of the page lead to."""
    found = re.findall(r'href="(/overview/progress/rows/[^"]+)"', response.text)
    return [url.replace("&amp;", "&") for url in found]


def test_every_figure_opens_as_many_rows(office, organization):
    activity(organization, date(2026, 5, 1))
    activity(organization, date(2026, 5, 2), state="submitted")

    urls = links(office.get(URL))

    # Two figures under the pillar and two in the sum, for the unit and for all.
    assert len(urls) == 8
    assert {office.get(url).context["page"].paginator.count for url in urls} == {1}


def test_unit_official_sees_only_what_stands_below(
    signed_in, unit_official, organization
):
    activity(organization, date(2026, 5, 1))
    activity(OrganizationFactory(unit_name="外单位"), date(2026, 5, 1))

    response = signed_in(unit_official).get(URL)

    assert [row.label for row in response.context["page"]] == [organization.unit_name]
    assert response.context["progress"].total.cells[-1].approved == 1


def test_foreign_organisation_is_not_found(signed_in, unit_official):
    other = OrganizationFactory()

    client = signed_in(unit_official)

    statuses = [
        client.get(f"{url}?organization={other.pk}").status_code
        for url in (URL, f"{URL}rows/")
    ]
    assert statuses == [404, 404]


def test_official_of_a_community_may_not_look(signed_in):
    member = MembershipFactory(role="community", community=CommunityFactory())

    response = signed_in(member.user).get(URL)

    assert response.status_code == 403


def test_frozen_matrix_says_so(office, organization, campaign):
    campaign.state, campaign.frozen_at = "frozen", timezone.now()
    campaign.save()

    response = office.get(URL)

    assert "行动已冻结" in response.text


def test_matrix_without_a_campaign_says_what_comes(office, campaign):
    campaign.delete()

    response = office.get(URL)

    assert (response.status_code, "还没有行动" in response.text) == (200, True)


def test_rows_with_an_unknown_kind_are_refused(office):
    response = office.get(f"{URL}rows/?state=draft")

    assert response.status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_matrix_asks_as_often_for_more_units(count, office, django_assert_num_queries):
    for _number in range(count):
        activity(OrganizationFactory(), date(2026, 5, 1))

    office.get(URL)  # draws it

    # What names the kept page is one question on PostgreSQL, eight on SQLite.
    queries = 6 if connection.vendor == "postgresql" else 13
    with django_assert_num_queries(queries):
        assert office.get(URL).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_rows_ask_as_often_for_more_activities(
    count, office, django_assert_num_queries
):
    for _number in range(count):
        activity(OrganizationFactory(), date(2026, 5, 1))

    with django_assert_num_queries(14):
        assert len(office.get(f"{URL}rows/").context["page"]) == count


def test_matrix_below_an_organisation_keeps_the_filters(office):
    above = committee()
    branch(above)

    response = office.get(URL, {"organization": above.pk, "first": "2026-02"})

    assert f'name="organization" value="{above.pk}"' in response.text
    assert f"/organizations/{above.pk}/ledger/" in response.text


def test_next_page_of_units_keeps_the_filters(office, monkeypatch):
    monkeypatch.setattr("reports.views_progress.PAGE_SIZE", 1)
    OrganizationFactory.create_batch(2)

    text = office.get(URL, {"first": "2026-02"}).text

    assert "first=2026-02&amp;page=2" in text


def test_kept_page_follows_figures_units_and_names(office, organization):
    activity(organization, date(2026, 5, 1))
    shown = [office.get(URL).text, office.get(URL).text]

    activity(organization, date(2026, 5, 2))
    shown.append(office.get(URL).text)
    committee(unit_name="再一单位")
    shown.append(office.get(URL).text)
    Organization.objects.filter(unit_name="再一单位").update(unit_name="新名单位")
    shown.append(office.get(URL).text)

    kept = [MATRIX.search(text)[0] for text in shown]
    assert kept[0] == kept[1] != kept[2]
    assert ["再一单位" in text for text in kept[2:]] == [False, True, False]
    assert "新名单位" in kept[-1]


def test_kept_page_is_not_shown_to_another_scope(office, signed_in, organization):
    other = OrganizationFactory(unit_name="外单位")
    unit = MembershipFactory(role="unit", organization=other)
    office.get(URL)

    text = signed_in(unit.user).get(URL).text

    assert "外单位" in text
    assert organization.unit_name not in MATRIX.search(text)[0]


def test_kept_page_looks_the_same_after_the_cache_was_emptied(office, organization):
    activity(organization, date(2026, 5, 1))
    office.get(URL)
    kept = MATRIX.search(office.get(URL).text)[0]

    cache.clear()

    assert MATRIX.search(office.get(URL).text)[0] == kept
