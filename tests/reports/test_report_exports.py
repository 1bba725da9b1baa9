"""Rows as cells: masked, in order, one query."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Activity
from reports.exports import ACTIVITIES, SIGNUPS
from reports.exports.masks import mask_name
from reports.queries import Filters
from tests.factories.campaigns import ActivityFactory, EvidenceFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.models import Signup

STARTS_AT = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)


def cells_of(report, user, filters=None):
    return list(report.cells(report.rows(user, filters or Filters())))


def statement_limit():
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("name", "masked"),
    [("陈某示", "陈**"), ("王", "王*"), ("𠮷某", "𠮷*"), ("", "")],
    ids=["three", "one", "rare", "none"],
)
def test_mask_name_keeps_only_the_first_character(name, masked):
    assert mask_name(name) == masked


def test_activity_cells_follow_the_columns(office_official):
    activity = ActivityFactory(
        state=Activity.State.APPROVED,
        starts_at=STARTS_AT,
        participant_count=12,
        submitted_at=STARTS_AT + timedelta(days=2),
    )
    EvidenceFactory(activity=activity)
    ShiftFactory(activity=activity, taken=2)

    [cells] = cells_of(ACTIVITIES, office_official)

    assert cells == [
        activity.pk,
        activity.campaign.title,
        activity.pillar.title,
        None,
        activity.initiative.title,
        activity.title,
        activity.organization.name,
        activity.organization.unit_name,
        activity.community.subdistrict.name,
        activity.community.name,
        activity.place,
        STARTS_AT,
        activity.ends_at,
        12,
        1,
        1,
        2,
        "已通过",
        activity.submitted_at,
        None,
    ]


def test_signup_cells_follow_the_columns_and_mask_the_person(office_official):
    signup = SignupFactory(
        state=Signup.State.WAITLISTED,
        volunteer__user__display_name="陈某示",
        volunteer__user__phone="+8613800135678",
    )
    shift, activity = signup.shift, signup.shift.activity

    [cells] = cells_of(SIGNUPS, office_official)

    assert cells == [
        signup.pk,
        activity.campaign.title,
        activity.pillar.title,
        activity.title,
        shift.title,
        activity.organization.name,
        shift.community.subdistrict.name,
        shift.community.name,
        shift.starts_at,
        shift.ends_at,
        "陈**",
        "138****5678",
        1,
        "候补中",
        1,
        signup.created_at,
        None,
    ]


@pytest.mark.parametrize("state", ["attended", "no_show", "excused"])
def test_signups_report_tells_of_nobody_whether_they_came(state, office_official):
    SignupFactory(state=state)

    [cells] = cells_of(SIGNUPS, office_official)

    assert cells[13] == "已结算"


def test_signup_of_a_person_without_phone_has_an_empty_cell(office_official):
    SignupFactory(volunteer__user__phone=None)

    [cells] = cells_of(SIGNUPS, office_official)

    assert cells[11] == ""


@pytest.mark.parametrize("report", [ACTIVITIES, SIGNUPS], ids=lambda r: r.slug)
@pytest.mark.parametrize("count", [1, 3])
def test_cells_are_read_by_one_query_whatever_the_rows(report, count, office_official):
    SignupFactory.create_batch(count)
    rows = report.rows(office_official, Filters())

    with CaptureQueriesContext(connection) as queries:
        cells = list(report.cells(rows))

    assert len(cells) == count
    source = f'FROM "{rows.model._meta.db_table}"'
    assert sum(source in query["sql"] for query in queries) == 1


@pytest.mark.django_db(transaction=True)
def test_cells_keep_no_writer_out_and_raise_the_time_limit_for_themselves(
    office_official,
):
    SignupFactory()
    cells = SIGNUPS.cells(SIGNUPS.rows(office_official, Filters()))
    before = statement_limit()

    next(cells)
    meanwhile, is_in_transaction = statement_limit(), connection.in_atomic_block
    list(cells)

    if connection.vendor == "postgresql":
        assert (before, meanwhile, statement_limit()) == ("15s", "2min", "15s")
    else:
        assert not is_in_transaction


@pytest.mark.django_db(transaction=True)
def test_cells_for_a_worker_hold_no_transaction_and_give_the_time_limit_back(
    office_official,
):
    SignupFactory()
    rows = SIGNUPS.rows(office_official, Filters())
    cells = SIGNUPS.cells(rows, is_background=True)
    before = statement_limit()

    next(cells)
    meanwhile = statement_limit()

    assert not connection.in_atomic_block
    assert list(cells) == []
    assert statement_limit() == before
    assert meanwhile == ("2min" if connection.vendor == "postgresql" else None)


def test_columns_have_a_title_each():
    for report in (ACTIVITIES, SIGNUPS):
        titles = [column.title for column in report.head()]

        assert len(set(titles)) == len(report.columns)
