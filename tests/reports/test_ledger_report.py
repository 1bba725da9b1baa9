"""The report of the ledger: the activities a ledger lists, partners and facts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Deed
from communities.actions.history import keep_version
from reports.exports import LEDGER
from reports.ledger import ledger_of
from reports.queries import Filters
from tests.communities.trees import branch, committee
from tests.factories.campaigns import CampaignFactory, EvidenceFactory
from tests.factories.communities import OrganizationFactory
from tests.reports.cells import all_keys, cells_of, numbers
from tests.reports.ledgers import JUNE, MAY, activity, join

pytestmark = pytest.mark.django_db
IN_MAY = {"starts_on": MAY, "ends_on": date(2026, 5, 31)}


@pytest.fixture
def campaign():
    return CampaignFactory()


def listed(organization, campaign, **kind):
    ledger = ledger_of(organization, campaign, MAY, MAY, **kind)
    return {row.pk for row in ledger.activities()}


def of(organization, campaign, state):
    """What the report is asked for to hold what the ledger of May lists."""
    return Filters(organization=organization, campaign=campaign, state=state, **IN_MAY)


@pytest.mark.any_database
def test_ledger_report_holds_what_the_ledger_lists(campaign, office_official):
    organization = committee()
    below, other = branch(organization), OrganizationFactory()
    activity(below, date(2026, 5, 31))
    join(activity(other, date(2026, 5, 2)), below)
    join(activity(other, date(2026, 5, 3)), organization, state="invited")
    activity(organization, date(2026, 6, 1))
    activity(organization, date(2026, 5, 1), state="submitted")
    activity(organization, date(2026, 5, 4), in_addendum=True)

    main, late = (
        numbers(LEDGER, office_official, of(organization, campaign, state))
        for state in ("main", "addendum")
    )

    assert main == listed(organization, campaign)
    assert late == listed(organization, campaign, addendum=True)
    assert (len(main), len(late)) == (2, 1)


def test_ledger_report_of_a_frozen_campaign_keeps_the_tree_of_then(
    campaign, office_official
):
    above, elsewhere = committee(), committee()
    below = branch(above)
    row = activity(below, date(2026, 5, 1))
    campaign.state, campaign.frozen_at = "frozen", timezone.now() - timedelta(days=9)
    campaign.save()
    below.parent, below.path = elsewhere, f"{elsewhere.path}{below.pk}/"
    below.save()
    keep_version(below, on=timezone.localdate() - timedelta(days=1))

    then = numbers(LEDGER, office_official, of(above, campaign, "main"))
    now = numbers(LEDGER, office_official, Filters(organization=above))

    assert (then, now) == ({row.pk}, set())
    assert then == listed(above, campaign)


def test_ledger_report_by_name_has_what_was_joined(office_official):
    partner = OrganizationFactory(name="示例共建支部")
    row = activity(OrganizationFactory(), date(2026, 5, 1))
    join(row, partner)
    activity(OrganizationFactory(), date(2026, 5, 1))

    found = numbers(LEDGER, office_official, Filters(organization_text="共建"))

    assert found == {row.pk}


def test_ledger_cells_follow_the_columns_with_the_names_of_the_day(
    organization, office_official
):
    row = activity(organization, date(2026, 5, 1), participant_count=12)
    EvidenceFactory(activity=row)
    Deed.objects.create(
        activity=row, promise="示例承诺", promised_for=MAY, result="示例结果"
    )
    old, second = OrganizationFactory(name="旧名支部"), OrganizationFactory()
    join(row, old)
    join(row, second)
    old.name = "新名支部"
    old.save()
    keep_version(old, on=JUNE)

    [cells] = cells_of(LEDGER, office_official, keys=all_keys(LEDGER))

    assert cells == [
        row.pk,
        row.campaign.title,
        row.pillar.title,
        "2026年5月",
        "示例举措",
        row.title,
        organization.name,
        f"旧名支部、{second.name}",
        row.community.subdistrict.name,
        row.community.name,
        row.place,
        row.starts_at,
        12,
        1,
        "计入统计",
        organization.unit_name,
        row.ends_at,
        None,
        None,
        "示例承诺",
        MAY,
        None,
        "示例结果",
        None,
    ]


def test_ledger_report_is_empty_without_the_right(organization, unit_official):
    activity(organization, date(2026, 5, 1))

    assert numbers(LEDGER, unit_official, Filters()) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_ledger_report_reads_rows_and_partners_once_each(
    count, organization, office_official
):
    for day in range(1, count + 1):
        join(activity(organization, date(2026, 5, day)), OrganizationFactory())
    rows = LEDGER.rows(office_official, Filters())

    with CaptureQueriesContext(connection) as queries:
        cells = list(LEDGER.cells(rows))

    texts = [query["sql"] for query in queries]
    assert len(cells) == count
    assert sum('FROM "campaigns_activity"' in text for text in texts) == 1
    assert sum('FROM "campaigns_activitypartner"' in text for text in texts) == 1
