"""The report of pairings: cells, names of the day, filters, and its way back."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.actions.history import keep_version
from communities.imports.pairing_plan import plan_pairings
from communities.imports.pairings import read_pairings
from communities.models import Pairing, PairingNotice
from core.sheets_write import write_xlsx
from reports.exports import PAIRINGS
from reports.queries import Filters
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
    PairingFactory,
    PairingNoticeFactory,
)
from tests.reports.cells import all_keys, cells_of, numbers

PERSON = ["leader_name", "contact_name", "contact_phone"]
DETAILS = {
    "leader_name": "林某示",
    "leader_title": "副主任",
    "contact_name": "陈某示",
    "contact_phone": "+8613800135678",
}


@pytest.fixture
def pairing(db):
    """An active pairing with everything filled in."""
    organization = OrganizationFactory(name="局机关支部", unit_name="示例局")
    community = CommunityFactory(name="湖内社区")
    return PairingFactory(
        organization=organization,
        community=community,
        is_lead=True,
        remark="示例备注",
        **DETAILS,
    )


def test_pairing_cells_follow_the_columns(pairing, office_official):
    OrganizationReportInFactory(
        received=True,
        organization=pairing.organization,
        community=pairing.community,
        ends_on=None,
    )

    [cells] = cells_of(PAIRINGS, office_official)

    assert cells == [
        pairing.pk,
        "示例局",
        "局机关支部",
        pairing.community.subdistrict.name,
        "湖内社区",
        "是",
        "生效中",
        "已报到",
        date(2026, 1, 1),
        None,
        pairing.notice.number,
        None,
        None,
    ]


def test_pairing_that_ended_says_by_which_notice_and_what_goes_on(
    pairing, office_official
):
    ended_by = PairingNoticeFactory()
    last = timezone.localdate() - timedelta(days=1)
    Pairing.objects.filter(pk=pairing.pk).update(ends_on=last, ended_by=ended_by)
    following = PairingFactory(
        organization=pairing.organization,
        community=pairing.community,
        starts_on=last + timedelta(days=1),
        notice=ended_by,
        continues=pairing,
    )
    keys = ["pk", "state_today", "report_in_today", "ended_by__number", "continues_id"]

    rows = cells_of(PAIRINGS, office_official, keys=keys)

    assert rows == [
        [following.pk, "生效中", "未报到", None, pairing.pk],
        [pairing.pk, "已结束", None, ended_by.number, None],
    ]


def test_pairing_persons_are_masked_unless_told_otherwise(pairing, auditor):
    [masked] = cells_of(PAIRINGS, auditor, keys=PERSON)
    [whole] = cells_of(PAIRINGS, auditor, keys=PERSON, is_masked=False)

    assert masked == ["林**", "陈**", "138****5678"]
    assert whole == ["林某示", "陈某示", "+8613800135678"]


@pytest.fixture
def auditor(db):
    return MembershipFactory(role="auditor").user


def test_pairing_bears_the_names_of_its_last_day_or_of_today(office_official):
    today = timezone.localdate()
    unit = OrganizationFactory(unit_name="旧局", starts_on=date(2020, 1, 1))
    unit.unit_name = "新局"
    unit.save()
    keep_version(unit, on=today - timedelta(days=10))
    PairingFactory(organization=unit, ends_on=today - timedelta(days=11))
    PairingFactory(organization=unit)
    keys = ["organization_id.unit_name", "state_today"]

    rows = cells_of(PAIRINGS, office_official, keys=keys)

    assert rows == [["新局", "生效中"], ["旧局", "已结束"]]


@pytest.mark.parametrize(
    ("first", "last", "is_kept"),
    [
        (None, date(2026, 2, 28), False),
        (None, date(2026, 3, 1), True),
        (date(2026, 5, 31), None, True),
        (date(2026, 6, 1), None, False),
    ],
    ids=["before", "first day", "last day", "after"],
)
def test_pairings_of_a_period_held_on_a_day_of_it(
    first, last, is_kept, office_official
):
    PairingFactory(starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 31))

    rows = PAIRINGS.rows(office_official, Filters(starts_on=first, ends_on=last))

    assert rows.exists() is is_kept


def test_pairings_by_organization_text_street_and_community(office_official):
    wanted, _other = PairingFactory.create_batch(2)
    filters = [
        Filters(organization=wanted.organization),
        Filters(organization_text=wanted.organization.name),
        Filters(street=wanted.community.subdistrict),
        Filters(community=wanted.community),
    ]

    kept_rows = [numbers(PAIRINGS, office_official, each) for each in filters]

    assert kept_rows == [{wanted.pk}] * len(filters)


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_roles_of_the_district_export_all_pairings(role, db):
    pairing = PairingFactory()
    user = MembershipFactory(role=role).user

    assert numbers(PAIRINGS, user, Filters()) == {pairing.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_pairing_cells_are_read_by_one_query_whatever_the_rows(count, office_official):
    PairingFactory.create_batch(count)
    rows = PAIRINGS.rows(office_official, Filters())

    with CaptureQueriesContext(connection) as queries:
        cells = list(PAIRINGS.cells(rows))

    assert len(cells) == count
    assert len([q for q in queries if "communities_pairing" in q["sql"]]) == 1


@pytest.fixture
def standing(db):
    """Units with several communities, lead ones marked; ended and planned ones too."""
    PairingFactory(ends_on=timezone.localdate() - timedelta(days=1))
    for unit in ("区教育局", "区卫健局"):
        branch = OrganizationFactory(unit_name=unit)
        for place in range(3):
            PairingFactory(
                organization=branch,
                is_lead=place == 0,
                remark="示例备注",
                **DETAILS,
            )


def read_again(user, path, keys=(), **options):
    """What the import makes of the file of the active pairings."""
    columns = PAIRINGS.choose(keys)
    rows = PAIRINGS.rows(user, Filters(state="active"))
    write_xlsx(
        path,
        columns=PAIRINGS.head(columns),
        rows=PAIRINGS.cells(rows, "", columns, **options),
        sheet_name="结对",
        about=[("报表", "结对"), ("导出人", "示例")],
    )
    read = read_pairings(BytesIO(path.read_bytes()), filename=path.name)
    kind = PairingNotice.Kind.WHOLE
    return plan_pairings(read, starts_on=timezone.localdate(), kind=kind)


@pytest.mark.parametrize("choice", ["default", "all, unmasked"])
def test_active_pairings_come_back_by_the_import_without_a_difference(
    choice, standing, office_official, tmp_path
):
    is_masked = choice == "default"
    keys = () if is_masked else all_keys(PAIRINGS)

    plan = read_again(
        office_official, tmp_path / "pairings.xlsx", keys, is_masked=is_masked
    )

    assert {name: count for name, count in plan.counts.items() if count} == {"stays": 6}
    assert not plan.refusal


@pytest.mark.parametrize("key", PERSON)
def test_pairings_with_masked_persons_do_not_come_back(
    key, standing, office_official, tmp_path
):
    keys = [column.key for column in PAIRINGS.choose(())]

    plan = read_again(office_official, tmp_path / "pairings.xlsx", [*keys, key])

    assert plan.counts["refused"] == 6
