"""Every report as a workbook, all of them opened by LibreOffice at once."""

import pytest

from reports.exports import REPORTS
from reports.exports.report_job import ReportMaker, ReportRequest
from tests.factories.accounts import DeliveryFactory
from tests.factories.campaigns import EvidenceFactory
from tests.factories.communities import MembershipFactory
from tests.factories.honors import FamilyHonorFactory, HonorFactory
from tests.factories.hours import AttendanceFactory, days_ago
from tests.factories.volunteers import SignupFactory
from tests.live.office_suite import opened
from tests.reports.overview_world import small_campaign

pytestmark = pytest.mark.django_db
PURPOSE = "核对示例名单，仅本办使用"
HOSTILE = '=HYPERLINK("http://example.invalid","示例")'


@pytest.fixture
def office():
    """The office, and something to report of everything there is."""
    world = small_campaign()
    EvidenceFactory(activity=world.units[0].activities.first())
    HonorFactory(awarded=True, holder=HOSTILE)
    FamilyHonorFactory(applied=True, applied_at=days_ago(3))
    SignupFactory(volunteer__user__display_name=HOSTILE)
    AttendanceFactory()
    DeliveryFactory(send_state="sent", channel="mail")
    return MembershipFactory(role="office").user


def test_every_report_opens_in_libreoffice_with_all_its_rows(office, tmp_path):
    made = {slug: _make(slug, office, tmp_path) for slug in REPORTS}

    shown = opened([path for path, *_rest in made.values()], tmp_path)

    assert {(slug, str(REPORTS[slug].title)) for slug in REPORTS} | {
        (slug, "导出说明") for slug in REPORTS
    } == set(shown)
    for slug, (_path, titles, count) in made.items():
        head, *rows = shown[slug, str(REPORTS[slug].title)]
        about = dict(shown[slug, "导出说明"])
        assert (slug, head, len(rows)) == (slug, titles, count)
        assert count > 0, slug
        assert (about["报表"], about["行数"]) == (str(REPORTS[slug].title), str(count))
        assert about["用途"] == PURPOSE
        assert {len(row) for row in rows} == {len(titles)}


def _make(slug, office, folder):
    """All columns, persons as they are; the file, its titles and number of rows."""
    report, maker = REPORTS[slug], ReportMaker()
    asked = ReportRequest(
        slug=slug,
        file_format="xlsx",
        columns=[column.key for column in report.columns],
        purpose=PURPOSE,
    ).plain()
    path, steps = folder / f"{slug}.xlsx", []
    maker.write(asked, office, path, steps.append)
    count = maker.total(asked, office)
    assert steps[-1] == count
    return path, [str(column.title) for column in report.columns], count
