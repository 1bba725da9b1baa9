"""Pages of the ledger."""

from datetime import date

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import ExportJob
from core.models import AuditEntry
from reports import views_ledger
from tests.factories.campaigns import CampaignFactory, EvidenceFactory
from tests.factories.communities import OrganizationFactory
from tests.reports.ledgers import activity, join

pytestmark = pytest.mark.django_db
SPAN = {"first": "2026-04", "last": "2026-06"}


@pytest.fixture(autouse=True)
def campaign():
    return CampaignFactory()


@pytest.fixture
def client_of_unit(signed_in, unit_official):
    return signed_in(unit_official)


def shown(response):
    """Months of the page with the titles of their activities."""
    return [
        (
            month.title,
            [
                entry.activity.title
                for entries in month.initiatives.values()
                for entry in entries
            ],
        )
        for month in response.context["months"]
    ]


def test_ledger_shows_a_pillar_month_by_month(client_of_unit, organization):
    activity(organization, date(2026, 5, 3), title="甲")
    activity(organization, date(2026, 5, 4), title="乙", pillar="virtue")

    response = client_of_unit.get(
        f"/organizations/{organization.pk}/ledger/", {**SPAN, "part": "service"}
    )

    assert shown(response) == [
        ("2026年4月", []),
        ("2026年5月", ["甲"]),
        ("2026年6月", []),
    ]
    assert response.content.decode().count('<p class="quiet">无</p>') == 2


def test_ledger_names_each_empty_month_on_one_page(
    client_of_unit, organization, monkeypatch
):
    monkeypatch.setattr(views_ledger, "PAGE_SIZE", 2)
    for day in ((3, 1), (3, 2), (5, 1)):
        activity(organization, date(2026, *day), title=f"{day}")
    url = f"/organizations/{organization.pk}/ledger/"
    asked = {"first": "2026-02", "last": "2026-06", "part": "service"}

    pages = [
        [
            month
            for month, _titles in shown(client_of_unit.get(url, asked | {"page": n}))
        ]
        for n in (1, 2)
    ]

    assert pages == [
        ["2026年2月", "2026年3月"],
        ["2026年4月", "2026年5月", "2026年6月"],
    ]


def test_ledger_says_what_waits_for_review(client_of_unit, organization):
    activity(organization, date(2026, 5, 3), state="submitted")

    response = client_of_unit.get(f"/organizations/{organization.pk}/ledger/", SPAN)

    assert "另有 1 项活动待审核，未列入。" in response.content.decode()


def test_ledger_of_a_frozen_campaign_has_a_tab_for_the_addendum(
    client_of_unit, organization, campaign
):
    campaign.state, campaign.frozen_at = "frozen", timezone.now()
    campaign.save()
    activity(organization, date(2026, 5, 3), title="按时")
    activity(organization, date(2026, 5, 4), title="补录", in_addendum=True)

    response = client_of_unit.get(
        f"/organizations/{organization.pk}/ledger/", {**SPAN, "part": "addendum"}
    )

    assert shown(response) == [("2026年5月", ["补录"])]
    assert response.context["ledger"].total == 1


def test_ledger_with_months_in_wrong_order_says_so(client_of_unit, organization):
    response = client_of_unit.get(
        f"/organizations/{organization.pk}/ledger/",
        {"first": "2026-06", "last": "2026-04"},
    )

    assert response.status_code == 422
    assert "结束月份不能早于开始月份。" in response.content.decode()


def test_ledger_without_any_campaign_says_what_comes(
    client_of_unit, organization, campaign
):
    campaign.delete()

    response = client_of_unit.get(f"/organizations/{organization.pk}/ledger/")

    assert response.status_code == 200
    assert "还没有行动" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_ledger_asks_as_often_for_more_activities(
    count, client_of_unit, organization, django_assert_num_queries
):
    for day in range(1, count + 1):
        row = activity(organization, date(2026, 5, day))
        EvidenceFactory(activity=row)
        join(row, OrganizationFactory())
    url = f"/organizations/{organization.pk}/ledger/?part=service"

    with django_assert_num_queries(23):
        assert client_of_unit.get(url).status_code == 200


def test_ledger_export_has_months_rows_and_addendum(
    client_of_unit, organization, campaign, tmp_path
):
    campaign.state, campaign.frozen_at = "frozen", timezone.now()
    campaign.save()
    activity(organization, date(2026, 5, 3), title="按时", participant_count=5)
    activity(organization, date(2026, 5, 4), title="=补录", in_addendum=True)

    response = client_of_unit.get(
        f"/organizations/{organization.pk}/ledger/ledger.xlsx", SPAN
    )

    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"".join(response))
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["总表", "明细", "补充台账", "导出说明"]
    months = book.get_sheet_by_name("总表").to_python()
    assert months[1] == ["2026年4月", *["无"] * 6]
    assert months[2] == ["2026年5月", "无", "无", "无", "无", 1.0, 1.0]
    assert book.get_sheet_by_name("明细").to_python()[1][3] == "按时"
    assert book.get_sheet_by_name("补充台账").to_python()[1][3] == "=补录"


def test_ledger_export_is_on_record(client_of_unit, organization, unit_official):
    activity(organization, date(2026, 5, 3))

    url = f"/organizations/{organization.pk}/ledger/ledger.xlsx"
    b"".join(client_of_unit.get(url, SPAN))

    line = AuditEntry.objects.get(verb="reports.exported")
    assert (line.actor_id, line.data["rows"]) == (unit_official.pk, 1)


def test_ledger_export_of_too_much_says_what_to_do(
    client_of_unit, organization, monkeypatch
):
    monkeypatch.setattr(views_ledger, "MAX_ROWS", 0)
    activity(organization, date(2026, 5, 3))

    response = client_of_unit.get(
        f"/organizations/{organization.pk}/ledger/ledger.xlsx", SPAN, follow=True
    )

    assert "请缩短期间" in response.content.decode()


def test_ledger_document_is_asked_for_and_leads_to_its_progress(
    client_of_unit, organization, campaign, unit_official
):
    response = client_of_unit.post(
        f"/organizations/{organization.pk}/ledger/document/",
        {"campaign": campaign.pk, **SPAN},
    )

    assert response["Location"] == "/exports/"
    job = ExportJob.objects.get(owner=unit_official)
    assert job.parameters == {
        "organization": organization.pk,
        "campaign": campaign.pk,
        "first": "2026-04-01",
        "last": "2026-06-01",
    }


def test_ledger_document_asked_for_twice_says_that_one_is_under_way(
    client_of_unit, organization
):
    url = f"/organizations/{organization.pk}/ledger/document/"
    client_of_unit.post(url, SPAN)

    response = client_of_unit.post(url, SPAN, follow=True)

    assert "您有一个导出正在进行" in response.content.decode()


def test_ledger_of_a_foreign_organisation_is_not_found(client_of_unit):
    other = OrganizationFactory()

    statuses = [
        client_of_unit.get(f"/organizations/{other.pk}/ledger/").status_code,
        client_of_unit.get(f"/organizations/{other.pk}/ledger/ledger.xlsx").status_code,
        client_of_unit.post(f"/organizations/{other.pk}/ledger/document/").status_code,
    ]

    assert statuses == [404, 404, 404]
