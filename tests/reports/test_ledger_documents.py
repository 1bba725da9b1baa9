"""The ledger on paper: opened again as a word processor would."""

import io
import zipfile
from datetime import date

import pytest
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from accounts.exports import request_export, run_due_exports
from core.errors import RuleError
from core.uploads import open_private, save_private
from reports.exports import ledger_job
from reports.exports.ledger_docx import write_ledger
from reports.exports.ledger_photos import shrunk
from reports.ledger import ledger_of
from tests.factories.campaigns import CampaignFactory, EvidenceFactory
from tests.files import noisy_jpeg
from tests.reports.ledgers import APRIL, JULY, JUNE, MAY, activity, add_photo, join

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def campaign():
    return CampaignFactory()


def made(organization, campaign, tmp_path, first=MAY, last=MAY, progress=None):
    ledgers = [ledger_of(organization, campaign, first, last)]
    if campaign.is_frozen:
        ledgers.append(ledger_of(organization, campaign, first, last, addendum=True))
    path = tmp_path / "ledger.docx"
    write_ledger(ledgers, path, progress or (lambda done: None))
    return Document(path)


def lines(document, style):
    return [row.text for row in document.paragraphs if row.style.name == style]


def test_document_has_pillars_months_and_initiatives(organization, campaign, tmp_path):
    activity(organization, date(2026, 5, 3), title="五月活动")
    activity(organization, date(2026, 7, 3), title="七月活动", initiative="第二举措")

    document = made(organization, campaign, tmp_path, APRIL, JULY)

    heads = lines(document, "Heading 1")
    assert heads[0] == "汇总"
    assert heads[-1] == "志愿服务、助力基层（共2项）"
    # Months are named in their order under each of the five pillars.
    months = ["2026年4月", "2026年5月", "2026年6月", "2026年7月"]
    assert lines(document, "Heading 2") == months * 5
    assert lines(document, "Heading 3") == ["示例举措", "第二举措"]
    assert lines(document, "LedgerActivity") == ["五月活动", "七月活动"]


def test_document_prints_an_empty_month_as_none(organization, campaign, tmp_path):
    activity(organization, date(2026, 5, 3))

    document = made(organization, campaign, tmp_path, APRIL, JUNE)

    texts = [row.text for row in document.paragraphs]
    last = texts[texts.index("志愿服务、助力基层（共1项）") :]
    after = {month: last[last.index(month) + 1] for month in ("2026年4月", "2026年6月")}
    assert after == {"2026年4月": "无", "2026年6月": "无"}
    assert last[last.index("2026年5月") + 1] == "示例举措"


def test_document_has_the_facts_of_an_activity(organization, campaign, tmp_path):
    row = activity(
        organization, date(2026, 5, 3), text="第一行\n第二行", participant_count=12
    )
    join(row, row.organization.parent)

    document = made(organization, campaign, tmp_path)

    facts = {line.cells[0].text: line.cells[1].text for line in document.tables[1].rows}
    assert facts == {
        "时间": "2026年5月3日（周日）09:00–11:00",
        "地点": f"{row.community.name} 示例广场",
        "党组织": f"{organization.name}、{organization.parent.name}",
        "参加人数": "12",
        "活动内容": "第一行\n第二行",
    }


def test_document_has_photos_with_captions_two_to_a_row(
    organization, campaign, tmp_path
):
    row = activity(organization, date(2026, 5, 3))
    for number in range(3):
        add_photo(row, purpose=f"照片{number}", explanation="说明" if number else "")

    document = made(organization, campaign, tmp_path)

    table = document.tables[2]
    cells = [cell.text.strip() for line in table.rows for cell in line.cells]
    caption = "2026年5月1日（周五），示例广场，示例支部党员，照片"
    assert cells == [f"{caption}0", f"{caption}1\n说明", f"{caption}2\n说明", ""]
    assert len(document.inline_shapes) == 3


def test_document_holds_photos_shrunk_to_a_thousand_pixels(
    organization, campaign, tmp_path
):
    row = activity(organization, date(2026, 5, 3))
    name = save_private(noisy_jpeg((1600, 1200)), "evidence", "jpg")
    EvidenceFactory(activity=row, file__path=name, file__width=4, file__height=3)

    document = made(organization, campaign, tmp_path)

    with zipfile.ZipFile(tmp_path / "ledger.docx") as archive:
        content = archive.read("word/media/photo1.jpeg")
    assert Image.open(io.BytesIO(content)).size == (1000, 750)
    [shape] = document.inline_shapes
    assert (round(shape.width.cm, 1), round(shape.height.cm, 1)) == (7.6, 5.7)


def test_photo_that_is_gone_becomes_a_grey_field():
    content = shrunk("evidence/none.jpg")

    assert Image.open(io.BytesIO(content)).size == (400, 300)


def test_document_names_chinese_fonts_and_numbers_pages(
    organization, campaign, tmp_path
):
    document = made(organization, campaign, tmp_path)

    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Title", "LedgerCell")
    }
    assert fonts == {
        "Normal": "宋体",
        "Heading 1": "黑体",
        "Title": "黑体",
        "LedgerCell": "宋体",
    }
    [section] = document.sections
    fields = section.footer._element.iter(qn("w:fldSimple"))
    assert [row.get(qn("w:instr")) for row in fields] == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "芗城创城协同平台"
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (
        21.0,
        29.7,
    )


def test_document_takes_markup_and_control_signs_as_text(
    organization, campaign, tmp_path
):
    activity(organization, date(2026, 5, 3), title='<w:p>&"\x0b活动')

    document = made(organization, campaign, tmp_path)

    assert lines(document, "LedgerActivity") == ['<w:p>&"活动']


def test_document_of_a_frozen_campaign_has_the_addendum_apart(
    organization, campaign, tmp_path
):
    campaign.state, campaign.frozen_at = "frozen", timezone.now()
    campaign.save()
    activity(organization, date(2026, 5, 3), title="按时")
    activity(organization, date(2026, 5, 4), title="补录", in_addendum=True)

    document = made(organization, campaign, tmp_path)

    texts = [row.text for row in document.paragraphs]
    assert texts.index("按时") < texts.index("补充台账") < texts.index("补录")


def test_progress_counts_activities_and_photos(organization, campaign, tmp_path):
    row = activity(organization, date(2026, 5, 3))
    add_photo(row)
    add_photo(row)
    steps = []

    made(organization, campaign, tmp_path, progress=steps.append)

    assert steps == [1, 2, 3]


@pytest.fixture
def asked(organization, campaign, unit_official):
    """An official has asked for the document of May."""
    add_photo(activity(organization, date(2026, 5, 3)))
    parameters = {
        "organization": organization.pk,
        "campaign": campaign.pk,
        "first": "2026-05-01",
        "last": "2026-06-01",
    }
    return request_export(owner=unit_official, kind="ledger", parameters=parameters)


def test_job_makes_the_document(asked, organization):
    run_due_exports(now=timezone.now())

    asked.refresh_from_db()
    today = timezone.localdate()
    assert (asked.state, asked.total) == ("done", 2)
    assert asked.file_name == (
        f"{organization.name}台账（2026年5月至2026年6月）_{today}.docx"
    )
    with open_private(asked.file) as file:
        assert len(Document(file).inline_shapes) == 1


def test_job_of_an_official_whose_right_ended_is_refused(asked):
    asked.owner.memberships.update(ends_on=date(2026, 1, 1))

    run_due_exports(now=timezone.now())

    asked.refresh_from_db()
    assert (asked.state, asked.error) == (
        "failed",
        "您没有这个党组织台账的导出权限。",
    )


def test_document_of_an_official_whose_right_ended_is_not_given(asked, signed_in):
    run_due_exports(now=timezone.now())
    before = signed_in(asked.owner).get(f"/exports/{asked.pk}/")
    b"".join(before)  # closes the file
    asked.owner.memberships.update(ends_on=date(2026, 1, 1))

    after = signed_in(asked.owner).get(f"/exports/{asked.pk}/")

    assert (before.status_code, after.status_code) == (200, 403)


def test_job_of_more_than_a_document_holds_is_refused(asked, monkeypatch):
    monkeypatch.setattr(ledger_job, "MAX_PHOTOS", 0)

    with pytest.raises(RuleError, match="请缩短期间"):
        ledger_job.LedgerMaker().total(asked.parameters, asked.owner)
