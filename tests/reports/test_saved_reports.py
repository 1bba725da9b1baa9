"""Saved settings of reports: kept for one person, opened, changed, forgotten."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.models import SavedReport
from core.errors import RuleError
from core.models import AuditEntry
from reports import actions
from reports.actions import change_saved_report, next_day, save_report
from tests.factories.exports import SavedReportFactory

pytestmark = pytest.mark.django_db
LIST = reverse("reports:saved_report_list")
SAVE = reverse("reports:report_save", args=["activities"])
DATA = {"name": "每月活动", "file_format": "csv", "schedule": "monthly"}


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def save(by, **values):
    return save_report(
        by=by,
        report="activities",
        parameters={"filters": {}, "columns": []},
        today=date(2026, 3, 1),
        **{**DATA, **values},
    )


@pytest.mark.parametrize(
    ("schedule", "today", "due"),
    [
        ("none", "2026-03-01", None),
        ("weekly", "2026-03-01", "2026-03-02"),
        ("weekly", "2026-03-02", "2026-03-09"),
        ("monthly", "2026-03-01", "2026-04-01"),
        ("monthly", "2026-12-31", "2027-01-01"),
        ("monthly", "2026-01-31", "2026-02-01"),
    ],
)
def test_next_day_is_the_monday_or_first_after_today(schedule, today, due):
    day = next_day(schedule, date.fromisoformat(today))

    assert day == (due and date.fromisoformat(due))


def test_settings_are_saved_with_filters_columns_and_period(office, office_official):
    query = "?period=last_month&state=approved&columns=pk&columns=title"

    response = office.post(SAVE + query, DATA)

    saved = SavedReport.objects.get(owner=office_official)
    assert (response.status_code, response.url) == (302, LIST)
    assert saved.parameters == {
        "filters": {"period": "last_month", "state": "approved"},
        "columns": ["pk", "title"],
    }
    assert AuditEntry.objects.filter(verb="accounts.saved_report_added").exists()


def test_saved_settings_open_the_report_as_it_was(office, office_official):
    office.post(f"{SAVE}?period=last_month&columns=pk&columns=title", DATA)

    [saved] = office.get(LIST).context["saved"]

    assert parse_qs(urlsplit(f"?{saved.query}").query) == {
        "period": ["last_month"],
        "columns": ["pk", "title"],
    }


def test_settings_of_a_name_used_before_are_refused_at_the_form(
    office, office_official
):
    save(office_official)

    response = office.post(SAVE, DATA)

    assert response.status_code == 422
    assert "您已有同名的报表设置" in response.text
    assert SavedReport.objects.count() == 1


def test_settings_of_two_persons_may_have_one_name(office_official):
    SavedReportFactory(name="每月活动")

    assert save(office_official).pk


def test_settings_beyond_the_most_are_refused(monkeypatch, office_official):
    monkeypatch.setattr(actions, "MOST_SAVED", 1)
    save(office_official)

    with pytest.raises(RuleError, match="最多保存 1 项"):
        save(office_official, name="另一项")


def test_name_with_a_phone_number_is_refused(office):
    assert office.post(SAVE, {**DATA, "name": "给13800135678"}).status_code == 422


def test_schedule_changed_moves_the_next_day(office_official):
    saved = save(office_official)

    change_saved_report(
        saved=saved,
        by=office_official,
        today=date(2026, 3, 3),
        **{**DATA, "schedule": "weekly"},
    )

    saved.refresh_from_db()
    assert saved.next_on == date(2026, 3, 9)


def test_name_changed_keeps_the_day_it_is_due(office_official):
    saved = save(office_official)

    change_saved_report(
        saved=saved,
        by=office_official,
        today=date(2026, 4, 2),
        **{**DATA, "name": "改名"},
    )

    saved.refresh_from_db()
    assert (saved.name, saved.next_on) == ("改名", date(2026, 4, 1))


def test_settings_deleted_leave_a_line_in_the_log(office, office_official):
    saved = save(office_official)

    office.post(reverse("reports:saved_report_delete", args=[saved.pk]))

    assert not SavedReport.objects.exists()
    assert AuditEntry.objects.get(verb="accounts.saved_report_removed").target_id


def test_list_without_settings_leads_to_the_reports(office):
    assert reverse("reports:report_list") in office.get(LIST).text


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_settings_costs_the_same_for_any_rows(
    count, office, office_official, django_assert_num_queries
):
    SavedReportFactory.create_batch(count, owner=office_official)
    office.get(LIST)

    with django_assert_num_queries(5):
        office.get(LIST)
