"""Each report of links, work handed out and registers opens under all it offers."""

import pytest
from django.urls import reverse

from reports.exports import REPORTS
from tests.factories.communities import (
    MemberReportInFactory,
    OrganizationReportInFactory,
    PairingFactory,
)
from tests.factories.honors import FamilyHonorFactory
from tests.factories.leaders import LeaderLinkFactory, LeaderTermFactory
from tests.factories.tasks import TaskLinkFactory

SLUGS = [
    "pairings",
    "unit-report-ins",
    "member-report-ins",
    "leader-links",
    "honors",
    "tasks",
    "organizations",
    "divisions",
]


@pytest.fixture
def rows(db):
    """One row of each report at least."""
    pairing = PairingFactory()
    OrganizationReportInFactory(
        organization=pairing.organization, community=pairing.community
    )
    MemberReportInFactory(signed=True)
    LeaderLinkFactory(leader=LeaderTermFactory().leader)
    FamilyHonorFactory(applied=True)
    TaskLinkFactory()


@pytest.mark.parametrize("slug", SLUGS)
def test_report_opens_under_each_state_and_all_columns(
    slug, rows, signed_in, office_official
):
    client, report = signed_in(office_official), REPORTS[slug]
    url = reverse("reports:report_detail", args=[slug])
    keys = [column.key for column in report.columns]

    pages = [
        client.get(url, {"state": state, "columns": keys})
        for state in ["", *dict(report.states)]
    ]

    assert {page.status_code for page in pages} == {200}
    assert pages[0].context["count"] >= 1
    assert sum(page.context["count"] for page in pages[1:]) >= 1


@pytest.mark.parametrize("slug", SLUGS)
def test_report_is_taken_as_csv_with_its_titles(slug, rows, signed_in, office_official):
    client, report = signed_in(office_official), REPORTS[slug]
    url = reverse("reports:report_export", args=[slug, "csv"])

    file = b"".join(client.get(url).streaming_content).decode("utf-8-sig")

    titles = [column.title for column in report.head()]
    assert file.splitlines()[0] == ",".join(titles)
    assert len(file.splitlines()) >= 2
