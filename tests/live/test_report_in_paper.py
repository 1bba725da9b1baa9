"""Slip and receipt of a unit's report-in print to one sheet of A4 each."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.communities.report_ins import official_of
from tests.factories.communities import OrganizationReportInFactory
from tests.live.browser import chromium

pytestmark = pytest.mark.django_db
SHEETS = ("tokens", "base", "components", "report_in", "print")
A4 = {"format": "A4", "print_background": False, "prefer_css_page_size": True}


@pytest.fixture
def fullest(db):
    """A received report-in in which every field is as long as it may be."""
    return OrganizationReportInFactory(
        received=True,
        number="芗报〔2026〕0001号",
        organization__unit_name="示例单位" * 8,
        organization__name="中共示例单位机关委员会" * 4,
        leader_name="示例领导姓名",
        leader_title="党组成员、副局长、机关党委书记兼工会主席",
        offers="字" * 500,
        remark="备" * 200,
    )


def printed(html: str) -> bytes:
    """What a browser prints; the styles stand in the page, so no server is needed."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    styles = "".join(
        f"<style>{(folder / f'{name}.css').read_text(encoding='utf-8')}</style>"
        for name in SHEETS
    )
    html = re.sub(r"<(link|script)[^>]*>(</script>)?", "", html)
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(html.replace("</head>", f"{styles}</head>"))
        return page.pdf(**A4)


@pytest.mark.parametrize("name", ["slip", "receipt"])
def test_paper_fills_one_sheet(signed_in, fullest, name):
    client = signed_in(official_of(fullest.organization))
    url = reverse(f"communities:report_in_{name}", args=[fullest.pk])

    pdf = printed(client.get(url).content.decode())

    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
