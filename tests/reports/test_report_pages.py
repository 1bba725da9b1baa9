"""Reports on pages and paper, and the ways that lead to a file."""

import pytest
from django.urls import reverse

from accounts.models import ExportJob
from core.models import AuditEntry
from reports import views_reports
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.exports import ExportJobFactory
from tests.reports.report_files import PURPOSE, a_person


def url(name, slug="activities", *args):
    return reverse(f"reports:report_{name}", args=[slug, *args])


@pytest.fixture
def office(signed_in, office_official):
    return signed_in(office_official)


def approved(count=1):
    organization = OrganizationFactory()
    return ActivityFactory.create_batch(
        count, organization=organization, state="approved"
    )


def test_second_page_goes_on_where_the_first_ended(office, monkeypatch):
    monkeypatch.setattr(views_reports, "PAGE_ROWS", 2)
    rows = approved(3)

    page = office.get(url("detail"), {"page": 2, "columns": "pk"}).context["page"]

    assert [text for row in page for _column, text in row] == [str(rows[0].pk)]
    assert page.paginator.count == 3


def test_pages_end_before_the_database_reads_too_much(office, monkeypatch):
    monkeypatch.setattr(views_reports, "PAGE_ROWS", 1)
    monkeypatch.setattr(views_reports, "MOST_PAGES", 2)
    approved(3)

    response = office.get(url("detail"), {"page": 9})

    assert response.context["page"].number == 2
    assert "网页上只翻看前 2 条" in response.text
    assert "共 3 条" in response.text


@pytest.mark.parametrize(("count", "said"), [(2, "共 2 条"), (3, "超过 2 条")])
def test_page_counts_no_further_than_its_bound(
    count, said, office, monkeypatch, settings
):
    monkeypatch.setattr(views_reports, "COUNTED_ROWS", 2)
    settings.REPORT_ROWS_AT_ONCE = {"xlsx": 1, "csv": 2}
    approved(count)

    response = office.get(url("detail"))

    assert said in response.text
    assert [file["is_at_once"] for file in response.context["files"]] == [
        False,
        count == 2,
    ]


def test_page_says_that_persons_are_masked_where_there_are_any(office):
    of_signups = office.get(url("detail", "signups"))
    of_work = office.get(url("detail"))

    assert "个人信息已隐去" in of_signups.text
    assert "个人信息已隐去" not in of_work.text


def test_chosen_columns_alone_are_shown_and_stay_ticked(office):
    [activity] = approved()

    response = office.get(url("detail"), {"columns": ["title"]})

    assert [[text for _, text in row] for row in response.context["page"]] == [
        [activity.title]
    ]
    assert response.text.count("checked") == 1


def test_long_report_offers_the_background_for_what_is_too_long(office, settings):
    settings.REPORT_ROWS_AT_ONCE = {"xlsx": 0, "csv": 9}
    approved()

    text = office.get(url("detail")).text

    assert f'action="{url("make", "activities", "xlsx")}' in text
    assert f'href="{url("export", "activities", "csv")}' in text


def test_long_report_is_made_in_the_background_for_its_reader(office, office_official):
    approved()

    response = office.post(url("make", "activities", "csv") + "?state=approved")

    job = ExportJob.objects.get()
    assert (response.status_code, response.url) == (302, "/exports/")
    assert (job.owner, job.parameters["filters"]) == (
        office_official,
        {"state": "approved"},
    )


def test_second_file_of_a_person_is_refused_beside_the_first(office, office_official):
    ExportJobFactory(owner=office_official)

    response = office.post(url("make", "activities", "csv"), follow=True)

    assert "您有一个导出正在进行" in response.text
    assert "示例导出" in response.text
    assert ExportJob.objects.count() == 1


def test_unmasked_file_needs_a_purpose(office):
    a_person()

    response = office.post(url("unmasked", "signups"), {"file_format": "csv"})

    assert response.status_code == 422
    assert not ExportJob.objects.exists()


@pytest.mark.parametrize("purpose", ["核对", "给 13800135678 看", "长" * 201])
def test_purpose_too_short_too_long_or_personal_is_refused(purpose, office):
    data = {"purpose": purpose, "file_format": "csv"}

    assert office.post(url("unmasked", "signups"), data).status_code == 422


def test_unmasked_file_is_refused_without_the_right(signed_in):
    auditor = signed_in(MembershipFactory(role="auditor").user)
    data = {"purpose": PURPOSE, "file_format": "csv"}

    response = auditor.post(url("unmasked", "signups"), data)

    assert response.status_code == 403
    assert not ExportJob.objects.exists()


def test_unmasked_file_is_on_record_with_its_purpose_outside_the_address(office):
    data = {"purpose": PURPOSE, "file_format": "csv"}

    response = office.post(url("unmasked", "signups"), data)

    line = AuditEntry.objects.get(verb="accounts.export_job_requested")
    assert line.data["parameters"]["purpose"] == PURPOSE
    assert "purpose" not in response.url


@pytest.mark.parametrize("columns", ["", "?columns=pk"])
def test_report_without_persons_is_never_unmasked(columns, office):
    slug = "signups" if columns else "activities"

    assert office.get(url("unmasked", slug) + columns).status_code == 404


@pytest.mark.parametrize("name", ["detail", "print"])
def test_persons_are_masked_on_the_page_and_on_paper(name, office):
    a_person()

    text = office.get(url(name, "signups")).text

    assert "陈**" in text
    assert "陈某示" not in text
    assert "13800135678" not in text


def test_paper_says_what_it_is_and_when_it_is_cut(office, monkeypatch, office_official):
    monkeypatch.setattr(views_reports, "PRINT_ROWS", 1)
    approved(2)

    response = office.get(url("print"), {"state": "approved"})

    line = AuditEntry.objects.get(verb="reports.exported")
    assert "共 2 条，这里只有前 1 条" in response.text
    assert "状态：已通过" in response.text
    assert str(office_official) in response.text
    assert (line.data["format"], line.data["rows"]) == ("print", 1)


def test_file_sent_at_once_is_masked_and_keeps_to_its_limit(office, settings):
    a_person()
    small = office.get(url("export", "signups", "csv"))
    content = b"".join(small.streaming_content).decode()
    settings.REPORT_ROWS_AT_ONCE = {"xlsx": 0, "csv": 0}

    assert "陈**" in content
    assert "陈某示" not in content
    assert office.get(url("export", "signups", "csv")).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_paper_costs_the_same_queries_for_any_rows(
    count, office, django_assert_max_num_queries
):
    approved(count)
    office.get(url("print"))

    with django_assert_max_num_queries(16):
        office.get(url("print"))
