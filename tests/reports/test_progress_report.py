"""The button from a figure of the progress matrix to the report with its rows."""

import html
import re
from datetime import date

import pytest
from django.utils import timezone

from campaigns.models import Campaign
from tests.communities.trees import branch, committee
from tests.factories.campaigns import CampaignFactory
from tests.factories.communities import OrganizationFactory
from tests.reports.ledgers import activity, join

pytestmark = pytest.mark.django_db
URL = "/overview/progress/rows/"
BUTTON = re.compile(r'href="(/reports/activities/\?[^"]+)"')


@pytest.fixture
def places():
    """A unit of two branches, one of which is another unit, and a foreign unit."""
    CampaignFactory(starts_on=date(2026, 4, 1))
    above = committee(unit_name="甲单位")
    own = branch(above, unit_name="甲单位")
    other = branch(above, unit_name="乙单位")
    foreign = OrganizationFactory(unit_name="丙单位")
    for owner in (above, own, other, foreign):
        activity(owner, date(2026, 5, 31))
        join(activity(owner, date(2026, 6, 1), pillar="virtue"), own)
    join(activity(foreign, date(2026, 5, 2), state="submitted"), other)
    return {"above": above.pk, "own": own.pk, "other": other.pk, "all": ""}


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def button(response):
    found = BUTTON.search(response.text)
    return html.unescape(found[1]) if found else ""


@pytest.mark.parametrize(
    ("place", "span", "more"),
    [
        ("all", "all", {}),
        ("all", "all", {"state": "waiting"}),
        ("above", "below", {"pillar": "virtue"}),
        ("other", "unit", {}),
        ("other", "unit", {"state": "waiting"}),
        ("own", "self", {"first": "2026-05", "last": "2026-05"}),
    ],
)
def test_report_behind_the_button_has_the_same_rows(place, span, more, places, office):
    asked = {"organization": places[place], "span": span, **more}

    shown = office.get(URL, asked)
    report = office.get(button(shown))

    rows = {row.pk for row in shown.context["page"]}
    assert rows == {
        int(text)
        for row in report.context["page"]
        for column, text in row
        if column.field == "pk"
    }
    assert report.context["count"] == len(rows) > 0


@pytest.mark.parametrize("span", ["unit", "self"])
def test_rows_the_report_cannot_ask_for_have_no_button(span, places, office):
    shown = office.get(URL, {"organization": places["above"], "span": span})

    assert shown.context["page"].object_list
    assert button(shown) == ""


@pytest.mark.parametrize("kind", ["approved", "addendum"])
def test_approved_rows_of_a_frozen_campaign_have_no_button(kind, places, office):
    Campaign.objects.update(state="frozen", frozen_at=timezone.now())
    activity(OrganizationFactory(), date(2026, 5, 1), in_addendum=True)

    shown = office.get(URL, {"state": kind})

    assert shown.context["page"].object_list
    assert button(shown) == ""


def test_unit_official_has_no_button(places, signed_in, unit_official, organization):
    activity(organization, date(2026, 5, 1))

    shown = signed_in(unit_official).get(URL)

    assert shown.context["page"].object_list
    assert button(shown) == ""
