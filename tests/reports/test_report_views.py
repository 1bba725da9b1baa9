"""The pages of the reports and the files they hand out."""

import csv
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
import python_calamine
import time_machine
from django.urls import reverse

from campaigns.models import Activity
from core.models import AuditEntry
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.volunteers import SignupFactory

LIST = reverse("reports:report_list")
STARTS_AT = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)  # 1 March, 00:30 in Beijing


def page_url(slug="activities"):
    return reverse("reports:report_detail", args=[slug])


def file_url(file_format, slug="activities"):
    return reverse("reports:report_export", args=[slug, file_format])


def approved(**values):
    return ActivityFactory(**{"state": Activity.State.APPROVED, **values})


def body(response):
    """The whole answer; taking it also closes what it holds open."""
    return b"".join(response.streaming_content)


def sheets_of(response):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(body(response)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def csv_rows(response):
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


@pytest.fixture
def office(signed_in, office_official):
    """A client signed in for the civilization office."""
    return signed_in(office_official)


URLS = [LIST, page_url(), page_url("signups"), file_url("xlsx"), file_url("csv")]


@pytest.mark.parametrize("url", URLS)
def test_reports_ask_the_anonymous_to_sign_in(url, client, db):
    response = client.get(url)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("role", ["unit", None])
def test_reports_refuse_those_without_the_right(url, role, signed_in, unit_official):
    user = unit_official if role else SignupFactory().volunteer.user

    assert signed_in(user).get(url).status_code == 403


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_report_list_leads_to_each_report(role, signed_in):
    response = signed_in(MembershipFactory(role=role).user).get(LIST)

    assert response.status_code == 200
    for slug in ("activities", "signups"):
        assert f'href="{page_url(slug)}"' in response.text


@pytest.mark.parametrize(
    "path",
    ["reports/people/", "reports/people/export.csv", "reports/signups/export.xls"],
)
def test_unknown_report_or_format_is_not_found(path, office):
    assert office.get(f"/{path}").status_code == 404


def test_export_takes_no_post(office):
    assert office.post(file_url("csv")).status_code == 405


def test_report_page_previews_masked_rows_and_counts_them(office):
    SignupFactory(
        volunteer__user__display_name="陈某示", volunteer__user__phone="+8613800135678"
    )

    response = office.get(page_url("signups"))

    assert "共 1 条" in response.text
    assert "138****5678" in response.text
    assert "陈**" in response.text
    assert "陈某示" not in response.text


def test_report_page_shows_twenty_rows_of_more(office, office_official):
    organization = OrganizationFactory()
    approved_ones = [approved(organization=organization) for _ in range(21)]

    response = office.get(page_url())

    assert response.context["count"] == 21
    assert len(response.context["page"].object_list) == 20
    assert approved_ones[0].title not in {
        text for row in response.context["page"].object_list for _, text in row
    }


def test_report_page_links_carry_the_filters(office, organization):
    query = f"organization={organization.pk}&starts_on=2026-03-01"

    response = office.get(f"{page_url()}?{query}")

    escaped = query.replace("&", "&amp;")
    assert f'href="{file_url("xlsx")}?{escaped}"' in response.text
    assert f'href="{file_url("csv")}?{escaped}"' in response.text


def test_report_page_without_rows_says_so(office):
    assert "没有符合条件的记录" in office.get(page_url()).text


def test_report_page_with_a_period_turned_round_answers_422(office):
    response = office.get(
        page_url(), {"starts_on": "2026-03-02", "ends_on": "2026-03-01"}
    )

    assert response.status_code == 422
    assert response.text.count("结束日期不能早于开始日期。") == 2
    assert 'aria-invalid="true"' in response.text


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_export_with_a_bad_filter_answers_400_with_the_way_back(file_format, office):
    response = office.get(file_url(file_format), {"starts_on": "0000-01-01"})

    assert response.status_code == 400
    assert f'href="{page_url()}?starts_on=0000-01-01"' in response.text
    assert not AuditEntry.objects.filter(verb="reports.exported").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_report_page_costs_the_same_queries_for_any_rows(
    count, office, django_assert_max_num_queries
):
    SignupFactory.create_batch(count)
    office.get(page_url("signups"))

    with django_assert_max_num_queries(15):
        office.get(page_url("signups"))


@time_machine.travel("2026-03-05 20:00 +0000")
def test_export_names_the_file_by_report_and_day_in_beijing(office):
    response = office.get(file_url("xlsx"))
    body(response)

    assert quote("活动_2026-03-06.xlsx") in response["Content-Disposition"]


def test_xlsx_holds_header_typed_cells_and_the_text_of_formulas(office):
    activity = approved(title="=1+1", starts_at=STARTS_AT, participant_count=7)

    header, row = sheets_of(office.get(file_url("xlsx")))["活动"]

    cells = dict(zip(header, row, strict=True))
    assert header[:3] == ["编号", "行动", "板块"]
    assert cells["编号"] == activity.pk
    assert cells["活动名称"] == "=1+1"
    assert cells["开始时间"] == datetime(2026, 3, 1, 0, 30)
    assert cells["参加人数"] == 7


def test_csv_holds_header_and_harmless_text(office):
    approved(title="=1+1", starts_at=STARTS_AT)

    header, row = csv_rows(office.get(file_url("csv")))

    cells = dict(zip(header, row, strict=True))
    assert cells["活动名称"] == "'=1+1"
    assert cells["开始时间"] == "2026-03-01 00:30:00"


@pytest.mark.parametrize("slug", ["activities", "signups"])
def test_page_and_both_files_agree_on_the_rows(slug, office):
    parent = OrganizationFactory().parent
    day = {"starts_at": STARTS_AT, "ends_at": STARTS_AT + timedelta(hours=3)}
    for child in (OrganizationFactory(parent=parent), OrganizationFactory()):
        for times in (day, {}):
            activity = approved(organization=child, **times)
            SignupFactory(shift__activity=activity)
    march = {"starts_on": "2026-03-01", "ends_on": "2026-03-01"}
    query = {"organization": parent.pk, **march}

    page = office.get(page_url(slug), query)
    _, *from_csv = csv_rows(office.get(file_url("csv", slug), query))
    _, *from_xlsx = next(
        iter(sheets_of(office.get(file_url("xlsx", slug), query)).values())
    )

    numbers = [row[0][1] for row in page.context["page"].object_list]
    assert page.context["count"] == len(numbers) == 1
    assert [row[0] for row in from_csv] == numbers
    assert [str(int(row[0])) for row in from_xlsx] == numbers


def test_export_is_on_record_with_filters_and_rows(office, office_official):
    organization = approved().organization
    approved()
    query = {"organization": organization.pk, "ends_on": "2099-12-31"}

    body(office.get(file_url("csv"), query))

    entry = AuditEntry.objects.get(verb="reports.exported")
    assert (entry.actor_id, entry.target_id) == (office_official.pk, office_official.pk)
    assert entry.data == {
        "report": "activities",
        "title": "活动",
        "format": "csv",
        "filters": {"organization": organization.pk, "ends_on": "2099-12-31"},
        "rows": 1,
    }


@time_machine.travel("2026-03-05 20:00 +0000")
def test_xlsx_says_who_took_it_when_and_under_which_filters(office, office_official):
    approved()

    about = sheets_of(office.get(file_url("xlsx"), {"state": "approved"}))["导出说明"]

    words = dict(about)
    assert words["导出人"] == str(office_official)
    assert words["导出时间"] == "2026-03-06 04:00"
    assert words["筛选条件"] == "状态：已通过"
    assert words["行数"] == "1"


def test_xlsx_beyond_the_limit_is_refused_and_csv_is_not(office, settings):
    settings.REPORT_ROWS_AT_ONCE = {"xlsx": 1, "csv": 9}
    approved()
    approved()

    refused = office.get(file_url("xlsx"))

    assert refused.status_code == 400
    assert "请在报表页选择后台生成" in refused.text
    assert len(csv_rows(office.get(file_url("csv")))) == 3


def test_exports_are_kept_out_of_caches(office):
    response = office.get(file_url("csv"))
    body(response)

    assert "no-store" in response["Cache-Control"]
