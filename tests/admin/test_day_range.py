"""The filter from … to: whole days in Beijing, words where there is no day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.models import Activity
from tests.admin.pages import admin_url
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import PairingFactory

BEIJING = ZoneInfo("Asia/Shanghai")
LABEL = "campaigns.Activity"
pytestmark = pytest.mark.django_db


def activity_at(hour, day=3):
    starts_at = datetime(2026, 5, day, hour, tzinfo=BEIJING)
    return ActivityFactory(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        state=Activity.State.APPROVED,
    )


def found(client, label=LABEL, **query):
    response = client.get(admin_url(label, "changelist"), query)
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def test_range_of_one_day_holds_its_first_and_its_last_hour(office):
    activity_at(23, day=2)
    inside = {activity_at(0), activity_at(23)}
    activity_at(0, day=4)

    rows = found(office, starts_at__from="2026-05-03", starts_at__until="2026-05-03")

    assert rows == inside


def test_range_of_days_holds_both_ends(office):
    first, last = (PairingFactory(starts_on=f"2026-03-0{day}") for day in (1, 2))
    PairingFactory(starts_on="2026-03-03")

    rows = found(
        office,
        "communities.Pairing",
        starts_on__from="2026-03-01",
        starts_on__until="2026-03-02",
    )

    assert rows == {first, last}


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ({"starts_at__from": "昨天"}, "日期写法不对，例如 2026-05-31。"),
        ({"starts_at__until": "0001-01-01"}, "年份须在 2000 至 2100 之间。"),
        (
            {"starts_at__from": "2026-05-03", "starts_at__until": "2026-05-01"},
            "结束日期不能早于开始日期。",
        ),
    ],
    ids=["no-day", "year-1", "backwards"],
)
def test_range_that_is_none_finds_nothing_and_says_why(query, complaint, office):
    activity_at(9)

    response = office.get(admin_url(LABEL, "changelist"), query)

    assert response.status_code == 200
    assert not response.context["cl"].queryset
    assert complaint in response.content.decode()


def test_range_keeps_the_search_and_the_other_filters(office):
    query = {"q": "示例", "state__exact": "approved", "starts_at__from": "2026-05-03"}

    page = office.get(admin_url(LABEL, "changelist"), query).content.decode()

    form = page.partition('class="day-range"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="q" value="示例">' in form
    assert '<input type="hidden" name="state__exact" value="approved">' in form
    assert 'value="2026-05-03"' in form


@pytest.mark.parametrize("lookup", ["state__regex", "starts_at__year", "pillar__gt"])
def test_list_refuses_other_ways_to_narrow(lookup, office):
    response = office.get(admin_url(LABEL, "changelist"), {lookup: "("})

    assert response.status_code == 400
