"""Reports made in the background: what is in them, who may have them, when not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import exports
from accounts.exports import cancel_export, run_due_exports
from accounts.models import ExportJob, Notification
from communities.models import Membership
from core.errors import RuleError
from core.models import AuditEntry
from reports.exports import report_job
from reports.exports.base import Report
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.reports.report_files import (
    PERSON,
    PURPOSE,
    a_person,
    asked,
    bytes_of,
    csv_of,
    made,
    sheets_of,
)

pytestmark = pytest.mark.django_db
approved = {"state": "approved"}


@pytest.fixture(autouse=True)
def storage(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(exports, "PROGRESS_SECONDS", 0)
    return tmp_path


def end_roles(user):
    Membership.objects.filter(user=user).update(ends_on="2020-01-01")


def test_csv_made_in_the_background_holds_the_chosen_columns(office_official):
    activity = ActivityFactory(**approved)
    ActivityFactory(state="submitted")

    job = made(office_official, filters={"state": "approved"}, columns=["title", "pk"])

    assert csv_of(job) == [["编号", "活动名称"], [str(activity.pk), activity.title]]
    assert (job.state, job.done, job.total) == ("done", 1, 1)


def test_xlsx_made_in_the_background_says_what_it_is(office_official):
    ActivityFactory(**approved)

    job = made(office_official, "activities", "xlsx", columns=["pk", "title"])

    about = dict(sheets_of(bytes_of(job))["导出说明"])
    assert about["导出人"] == str(office_official)
    assert about["筛选条件"] == "全部记录"
    assert about["未导出的列"].startswith("行动、板块")
    assert about["个人信息"].startswith("已隐去")
    assert about["行数"] == "1"


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_file_made_without_a_purpose_tells_of_no_person(file_format, office_official):
    a_person()

    job = made(office_official, "signups", file_format, columns=PERSON)

    content = bytes_of(job)
    text = str(sheets_of(content)) if file_format == "xlsx" else content.decode()
    assert "陈**" in text
    assert "陈某示" not in text
    assert "13800135678" not in text


def test_file_made_for_a_purpose_tells_of_persons_and_says_why(office_official):
    a_person()

    job = made(office_official, "signups", "xlsx", columns=PERSON, purpose=PURPOSE)

    sheets = sheets_of(bytes_of(job))
    about = dict(sheets["导出说明"])
    assert sheets["报名"][1] == ["陈某示", "+8613800135678"]
    assert (about["用途"], about["个人信息"][:3]) == (PURPOSE, "未隐去")


def test_file_for_a_purpose_is_refused_without_the_right_to_unmask():
    auditor = MembershipFactory(role="auditor").user

    with pytest.raises(RuleError, match="个人信息"):
        asked(auditor, "signups", purpose=PURPOSE)

    assert not ExportJob.objects.exists()


def test_worker_refuses_what_the_owner_lost_the_right_to(office_official):
    job = asked(office_official)
    end_roles(office_official)

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "您没有导出报表的权限。")


def test_worker_refuses_an_unmasked_file_when_only_that_right_is_gone(
    office_official,
):
    job = asked(office_official, "signups", purpose=PURPOSE)
    end_roles(office_official)
    MembershipFactory(user=office_official, role="auditor")

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "您没有导出个人信息的权限。")


@pytest.mark.parametrize(("purpose", "role"), [("", None), (PURPOSE, "auditor")])
def test_download_after_the_right_has_ended_is_forbidden(
    purpose, role, signed_in, office_official
):
    job = made(office_official, "signups", purpose=purpose)
    url = reverse("accounts:export_download", args=[job.pk])
    client = signed_in(office_official)
    before = len(b"".join(client.get(url).streaming_content))
    end_roles(office_official)
    if role:
        MembershipFactory(user=office_official, role=role)

    assert before == job.size
    assert client.get(url).status_code == 403


def test_download_of_an_unmasked_file_is_on_record_with_the_purpose(
    signed_in, office_official
):
    job = made(office_official, "signups", purpose=PURPOSE)

    url = reverse("accounts:export_download", args=[job.pk])
    response = signed_in(office_official).get(url)

    assert len(b"".join(response.streaming_content)) == job.size
    line = AuditEntry.objects.get(verb="accounts.export_job_downloaded")
    assert (line.actor_id, line.data["purpose"]) == (office_official.pk, PURPOSE)


def test_finished_file_is_on_record_with_rows_and_bytes(office_official):
    ActivityFactory(**approved)

    job = made(office_official)

    line = AuditEntry.objects.get(verb="accounts.export_job_exported")
    assert (line.data["rows"], line.data["bytes"]) == (1, job.size)


def test_rows_that_go_while_the_file_is_made_are_not_counted(
    monkeypatch, office_official
):
    kept, gone = ActivityFactory.create_batch(2, **approved)
    job = asked(office_official, columns=["pk"])
    type(gone).objects.filter(pk=gone.pk).update(state="draft")

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    line = AuditEntry.objects.get(verb="accounts.export_job_exported")
    assert csv_of(job)[1:] == [[str(kept.pk)]]
    assert (job.done, job.total, line.data["rows"]) == (1, 1, 1)


def test_job_cancelled_while_it_runs_leaves_no_file(
    monkeypatch, storage, office_official
):
    ActivityFactory.create_batch(3, **approved)
    monkeypatch.setattr(report_job, "STEP_ROWS", 1)
    job = asked(office_official)
    cells_of, read = Report.cells, []

    def cells(self, *args, **options):
        for row in cells_of(self, *args, **options):
            read.append(row)
            if len(read) == 2:
                cancel_export(job=job, by=office_official)
            yield row

    monkeypatch.setattr(Report, "cells", cells)
    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, len(read)) == ("cancelled", 2)
    assert [path for path in storage.rglob("*") if path.is_file()] == []


def test_more_rows_than_a_sheet_holds_are_refused_with_a_hint(
    monkeypatch, office_official
):
    ActivityFactory.create_batch(2, **approved)
    monkeypatch.setitem(report_job.MAX_ROWS, "xlsx", 1)

    with pytest.raises(RuleError, match="或者导出 CSV"):
        asked(office_official, "activities", "xlsx")

    assert made(office_official, "activities", "csv").state == "done"


def test_filter_whose_organization_is_out_of_reach_fails_the_job(office_official):
    organization = OrganizationFactory()
    job = asked(office_official, filters={"organization": organization.pk})
    job.parameters["filters"]["organization"] = 0
    job.save()

    run_due_exports(now=timezone.now())

    job.refresh_from_db()
    assert (job.state, "已不存在" in job.error) == ("failed", True)


def test_owner_hears_of_the_finished_file_in_the_inbox_only(office_official):
    made(office_official)

    [message] = Notification.objects.filter(recipient=office_official)
    assert (message.kind, message.path) == ("export_over", "/exports/")
    assert message.outbox_state == "none"
