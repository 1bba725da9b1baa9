"""Who sees which report-in, under which names, due when; coverage by hand."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from communities.actions.history import keep_version
from communities.models import OrganizationReportIn
from communities.queries.report_in_coverage import ReportInCoverage
from communities.queries.report_in_rows import (
    Due,
    answer_due,
    filtered_report_ins,
    report_ins_visible_to,
    sees_contact,
    show_report_ins,
)
from communities.queries.report_in_starts import pairs_to_start, prefilled
from communities.queries.report_ins import (
    desk_report_ins,
    report_ins_of_community,
    report_ins_of_organization,
    unit_report_in_coverage,
)
from tests.communities.report_ins import (
    NOW,
    TODAY,
    official_in,
    official_of,
    paired,
)
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    OrganizationReportInFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def june(monkeypatch):
    """10 June 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def of(pairing, **values):
    return OrganizationReportInFactory(
        organization=pairing.organization, community=pairing.community, **values
    )


# Scope ----------------------------------------------------------------------


def test_both_parties_and_the_district_see_what_was_handed_in():
    row, other = OrganizationReportInFactory(), OrganizationReportInFactory()
    viewers = {
        "unit": official_of(row.organization),
        "community": official_in(row.community),
        "street": MembershipFactory(
            role="street", subdistrict=row.community.subdistrict
        ).user,
        "committee": MembershipFactory(role="committee").user,
    }

    seen = {role: set(report_ins_visible_to(user)) for role, user in viewers.items()}

    assert seen == {
        "unit": {row},
        "community": {row},
        "street": {row},
        "committee": {row, other},
    }


def test_draft_is_seen_by_the_unit_alone():
    draft = OrganizationReportInFactory(draft=True)

    assert list(report_ins_visible_to(official_of(draft.organization))) == [draft]
    assert not report_ins_visible_to(official_in(draft.community)).exists()
    committee = MembershipFactory(role="committee").user
    assert not report_ins_visible_to(committee).exists()


def test_official_of_a_branch_sees_the_report_in_of_the_own_unit():
    unit = OrganizationFactory(kind="committee", unit_name="示例局")
    branch = OrganizationFactory(parent=unit, unit_name="示例局")
    row = OrganizationReportInFactory(organization=unit)

    assert list(report_ins_visible_to(official_of(branch))) == [row]


def test_phone_is_full_for_the_two_parties_only():
    row = OrganizationReportInFactory()
    people = {
        "unit": official_of(row.organization),
        "community": official_in(row.community),
        "street": MembershipFactory(
            role="street", subdistrict=row.community.subdistrict
        ).user,
        "committee": MembershipFactory(role="committee").user,
        "office": MembershipFactory(role="office").user,
        "auditor": MembershipFactory(role="auditor").user,
        "other unit": official_of(OrganizationFactory()),
    }

    full = {role for role, user in people.items() if sees_contact(user, row)}

    assert full == {"unit", "community"}


# Names, filters, order ------------------------------------------------------


def test_past_row_shows_the_names_of_its_day():
    row = OrganizationReportInFactory(organization__unit_name="旧局")
    organization = row.organization
    organization.unit_name = "新局"
    organization.save()
    keep_version(organization, on=date(2026, 6, 5))
    later = OrganizationReportInFactory(
        organization=organization, submitted_at=datetime(2026, 6, 8, tzinfo=UTC)
    )

    show_report_ins([row, later], today=TODAY)

    assert (row.names.unit, later.names.unit) == ("旧局", "新局")


def test_text_finds_a_row_by_a_name_of_old():
    row = OrganizationReportInFactory(organization__unit_name="旧局")
    OrganizationReportInFactory()
    row.organization.unit_name = "新局"
    row.organization.save()
    keep_version(row.organization, on=date(2026, 6, 5))
    rows = OrganizationReportIn.objects.all()

    assert list(filtered_report_ins(rows, text="旧局")) == [row]
    assert list(filtered_report_ins(rows, text="新局")) == [row]
    assert list(filtered_report_ins(rows, text=row.number)) == [row]


def test_list_puts_what_waits_first_the_earliest_due_at_the_top():
    received = OrganizationReportInFactory(received=True)
    late = OrganizationReportInFactory(submitted_at=datetime(2026, 6, 9, tzinfo=UTC))
    early = OrganizationReportInFactory(submitted_at=datetime(2026, 6, 2, tzinfo=UTC))

    rows = filtered_report_ins(OrganizationReportIn.objects.all())

    assert list(rows) == [early, late, received]


def test_list_is_narrowed_by_state_year_street_and_community():
    row = OrganizationReportInFactory(received=True)
    OrganizationReportInFactory()
    rows = OrganizationReportIn.objects.all()

    assert list(filtered_report_ins(rows, state="received")) == [row]
    assert filtered_report_ins(rows, year=2026).count() == 2
    assert not filtered_report_ins(rows, year=2025).exists()
    assert list(filtered_report_ins(rows, community=row.community)) == [row]
    street = row.community.subdistrict
    assert list(filtered_report_ins(rows, street=street)) == [row]


# Due ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "is_overdue"),
    [(date(2026, 6, 8), False), (date(2026, 6, 9), True)],
    ids=["last day", "day after"],
)
def test_answer_is_due_after_five_working_days(today, is_overdue):
    # Monday 1 June; the weekend of 6 and 7 June does not count.
    row = OrganizationReportInFactory(submitted_at=datetime(2026, 6, 1, tzinfo=UTC))

    assert answer_due(row, today=today) == Due(date(2026, 6, 8), is_overdue=is_overdue)


def test_due_days_follow_the_setting(settings):
    settings.REPORT_IN_WORKING_DAYS = 1
    row = OrganizationReportInFactory(submitted_at=datetime(2026, 6, 1, tzinfo=UTC))

    assert answer_due(row, today=TODAY).on == date(2026, 6, 2)


def test_nothing_is_due_once_answered():
    row = OrganizationReportInFactory(received=True)

    assert answer_due(row, today=TODAY) is None


def test_year_without_calendar_is_said():
    row = OrganizationReportInFactory(submitted_at=datetime(2040, 6, 1, tzinfo=UTC))

    due = answer_due(row, today=date(2040, 6, 20))

    assert (due.on, due.is_overdue) == (None, False)
    assert "2040 年" in due.problem


# Coverage -------------------------------------------------------------------


def test_coverage_equals_the_table_made_by_hand():
    """Pairs on the left, their report-ins on the right; June signs on 3 June.

    A×1 received            counts from 3 June
    A×2 waiting             never
    B×1 returned            never
    B×3 nothing             never
    C×3 ended, was received counts until the end of the year
    D×4 received, pairing over since 31 May: no pair in June
    """
    received, waiting, returned = paired(), paired(), paired()
    paired()
    ended, over = paired(), paired(ends_on=date(2026, 5, 31))
    of(received, received=True)
    of(waiting)
    of(returned, returned=True)
    of(ended, answered=True, state="ended")
    of(over, received=True)

    figures = {
        day: unit_report_in_coverage(day)
        for day in [
            date(2025, 12, 31),
            date(2026, 5, 31),
            date(2026, 6, 2),
            date(2026, 6, 3),
            date(2027, 1, 1),
        ]
    }

    assert figures == {
        date(2025, 12, 31): ReportInCoverage(0, 0),
        date(2026, 5, 31): ReportInCoverage(6, 0),
        date(2026, 6, 2): ReportInCoverage(5, 0),
        date(2026, 6, 3): ReportInCoverage(5, 2),
        date(2027, 1, 1): ReportInCoverage(5, 0),
    }
    assert figures[date(2026, 6, 3)].share == pytest.approx(0.4)


def test_coverage_of_nothing_has_no_share():
    assert unit_report_in_coverage(TODAY).share is None


# What other pages show ------------------------------------------------------


@pytest.mark.usefixtures("june")
def test_community_shows_counts_to_all_and_rows_to_officials():
    pairing = paired()
    row = of(pairing, received=True)
    paired(community=pairing.community)
    official = official_in(pairing.community)

    public = report_ins_of_community(pairing.community, user=AnonymousUser(), day=TODAY)
    inside = report_ins_of_community(pairing.community, user=official, day=TODAY)

    assert public["coverage"] == inside["coverage"] == ReportInCoverage(2, 1)
    assert (public["rows"], public["in_scope"]) == ([], False)
    assert (inside["rows"], inside["in_scope"]) == ([row], True)


def test_past_day_shows_what_stood_as_received_under_its_names(monkeypatch):
    august = datetime(2026, 8, 3, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: august)
    pairing = paired(organization__unit_name="旧局")
    row = of(pairing, answered=True, state="ended", ends_on=date(2026, 6, 30))
    of(paired(community=pairing.community))
    pairing.organization.unit_name = "新局"
    pairing.organization.save()
    keep_version(pairing.organization, on=date(2026, 6, 20))
    official = official_in(pairing.community)

    shown = {
        day: [
            (shown.pk, shown.names.unit)
            for shown in report_ins_of_community(
                pairing.community, user=official, day=day
            )["rows"]
        ]
        for day in [date(2026, 6, 2), TODAY, date(2026, 6, 25), date(2026, 7, 1)]
    }

    assert shown == {
        date(2026, 6, 2): [],
        TODAY: [(row.pk, "旧局")],
        date(2026, 6, 25): [(row.pk, "新局")],
        date(2026, 7, 1): [],
    }


@pytest.mark.usefixtures("june")
def test_organization_shows_its_own_pairs():
    pairing = paired()
    row = of(pairing)
    official = official_of(pairing.organization)

    shown = report_ins_of_organization(pairing.organization, user=official, day=TODAY)

    assert shown["coverage"] == ReportInCoverage(1, 0)
    assert shown["rows"] == [row]


def test_desk_of_the_unit_lists_what_to_start_to_mend_and_what_waits():
    unit = OrganizationFactory()
    fresh, back, waiting = (paired(organization=unit) for _number in range(3))
    returned, submitted = of(back, returned=True), of(waiting)

    desk = desk_report_ins(official_of(unit), today=TODAY)

    assert [start.pairing for start in desk["to_start"]] == [fresh]
    assert (desk["to_mend"], desk["waiting"]) == ([returned], [submitted])
    assert "to_sign" not in desk


def test_desk_of_the_community_lists_what_to_sign():
    row = OrganizationReportInFactory()
    OrganizationReportInFactory(community=row.community, received=True)

    desk = desk_report_ins(official_in(row.community), today=TODAY)

    assert (desk["to_sign"], desk["to_sign_count"]) == ([row], 1)


def test_desk_of_the_committee_shows_the_coverage():
    paired()

    desk = desk_report_ins(MembershipFactory(role="committee").user, today=TODAY)

    assert desk["coverage"] == ReportInCoverage(1, 0)


@pytest.mark.parametrize("role", ["office", "auditor"])
def test_desk_of_those_who_only_look_shows_nothing(role):
    assert desk_report_ins(MembershipFactory(role=role).user, today=TODAY) is None


def test_renewal_is_offered_beside_the_present_period():
    pairing = paired()
    of(pairing, received=True)
    user = official_of(pairing.organization)

    assert pairs_to_start(user, today=date(2026, 11, 30)) == []
    [start] = pairs_to_start(user, today=date(2026, 12, 1))
    assert (start.pairing, start.period.year) == (pairing, 2027)


def test_form_is_filled_from_the_last_report_in():
    pairing = paired()
    of(pairing, received=True, member_count=41, remark="周末为主")

    values = prefilled(pairing)

    assert (values["member_count"], values["remark"]) == (41, "周末为主")


def test_first_form_is_filled_from_the_registers():
    pairing = paired(leader_name="示例主任", organization__contact_name="示例干事")

    values = prefilled(pairing)

    assert (values["leader_name"], values["contact_name"]) == ("示例主任", "示例干事")


@pytest.mark.parametrize("count", [1, 3])
def test_showing_rows_takes_a_fixed_number_of_queries(count, django_assert_num_queries):
    OrganizationReportInFactory.create_batch(count, community=CommunityFactory())
    rows = list(filtered_report_ins(OrganizationReportIn.objects.all()))

    with django_assert_num_queries(3):  # organisations, communities, streets
        show_report_ins(rows, today=TODAY)
