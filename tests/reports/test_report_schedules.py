"""Reports made by the clock: once when due, for those who may, told by a link."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from accounts.exports import run_due_exports
from accounts.models import ExportJob, Notification, SavedReport
from communities.models import Membership
from core.models import AuditEntry
from reports.actions import make_due_reports
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory
from tests.factories.exports import ExportJobFactory, SavedReportFactory
from tests.reports.report_files import PERSON, a_person, csv_of
from tests.threads import before_commit_of

MARCH = date(2026, 3, 1)
DUE = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)  # 1 March, 00:30 in Beijing
EARLY = datetime(2026, 2, 28, 15, 59, tzinfo=UTC)
LATE = datetime(2026, 6, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def saved(office_official):
    """Last month's activities, due on 1 March."""
    return SavedReportFactory(
        owner=office_official,
        schedule="monthly",
        next_on=MARCH,
        parameters={"filters": {"period": "last_month"}, "columns": []},
    )


def test_schedule_is_due_when_the_day_begins_in_beijing(saved):
    assert (make_due_reports(now=EARLY), make_due_reports(now=DUE)) == (0, 1)

    job = ExportJob.objects.get()
    saved.refresh_from_db()
    assert job.parameters["filters"] == {
        "starts_on": "2026-02-01",
        "ends_on": "2026-02-28",
    }
    assert saved.next_on == date(2026, 4, 1)


def test_schedule_that_missed_months_is_made_once(saved):
    assert [make_due_reports(now=LATE) for _ in range(2)] == [1, 0]

    saved.refresh_from_db()
    assert saved.next_on == date(2026, 7, 1)


def test_schedule_waits_while_its_owner_has_a_file_under_way(saved):
    other = ExportJobFactory(owner=saved.owner)

    assert make_due_reports(now=DUE) == 0

    saved.refresh_from_db()
    assert (saved.next_on, saved.problem) == (MARCH, "")
    other.move_to("cancelled", by=None)
    assert make_due_reports(now=DUE) == 1


def test_second_schedule_of_a_person_waits_for_the_first(saved):
    second = SavedReportFactory(owner=saved.owner, schedule="weekly", next_on=MARCH)

    assert make_due_reports(now=DUE) == 1

    second.refresh_from_db()
    assert second.next_on == MARCH


def test_schedule_of_who_lost_the_right_stops_with_a_message(saved):
    Membership.objects.filter(user=saved.owner).update(ends_on="2020-01-01")

    assert make_due_reports(now=DUE) == 0

    saved.refresh_from_db()
    [message] = Notification.objects.filter(recipient=saved.owner)
    assert (saved.schedule, saved.next_on) == ("none", None)
    assert (message.kind, message.path) == ("report_schedule_failed", "/reports/saved/")
    assert AuditEntry.objects.filter(verb="accounts.saved_report_ended").exists()
    assert not ExportJob.objects.exists()


def test_schedule_whose_filter_is_gone_says_so_and_goes_on(saved):
    saved.parameters["filters"]["campaign"] = 0
    saved.save()

    assert make_due_reports(now=DUE) == 0

    saved.refresh_from_db()
    assert "行动" in saved.problem
    assert saved.next_on == date(2026, 4, 1)
    assert Notification.objects.get().kind == "report_schedule_failed"


def test_schedule_that_breaks_keeps_no_other_waiting(saved):
    broken = SavedReportFactory(
        schedule="monthly", next_on=date(2026, 2, 1), parameters={}
    )
    MembershipFactory(user=broken.owner, role="office")

    with pytest.raises(KeyError):
        make_due_reports(now=DUE)

    assert ExportJob.objects.get().owner == saved.owner


def test_scheduled_file_is_masked_and_told_of_by_mail_as_a_link(saved):
    SavedReport.objects.filter(pk=saved.pk).update(
        report="signups",
        parameters={"filters": {}, "columns": PERSON, "purpose": "总要看看"},
    )
    a_person()
    make_due_reports(now=DUE)

    run_due_exports(now=timezone.now())

    [message] = Notification.objects.filter(recipient=saved.owner)
    assert csv_of(ExportJob.objects.get())[1] == ["陈**", "138****5678"]
    assert (message.kind, message.path) == ("report_ready", "/exports/")
    assert message.outbox_state == "due"
    assert "陈" not in message.title + message.body


@pytest.mark.django_db(transaction=True)
def test_schedule_is_claimed_by_one_of_two_workers(saved):
    ActivityFactory(state="approved")

    with before_commit_of(lambda: make_due_reports(now=DUE)) as start:
        other = start(lambda: make_due_reports(now=DUE))

    assert other.result() == 0
    assert ExportJob.objects.count() == 1
    saved.refresh_from_db()
    assert saved.next_on == date(2026, 4, 1)


@pytest.mark.django_db(transaction=True)
def test_schedule_is_stopped_by_one_of_two_workers(saved):
    Membership.objects.filter(user=saved.owner).update(ends_on="2020-01-01")

    with before_commit_of(lambda: make_due_reports(now=DUE)) as start:
        other = start(lambda: make_due_reports(now=DUE))

    assert other.result() == 0
    assert AuditEntry.objects.filter(verb="accounts.saved_report_ended").count() == 1
