"""The certificate on paper, read back from the file."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import segno
from django.urls import reverse
from PIL import ImageFile
from pypdf import PdfReader

from tests.factories.accounts import UserFactory
from tests.factories.certificates import CertificateFactory, beijing
from tests.live.papers import text_of
from volunteers.exports import PdfMissing, certificate_pdf, check_pdf_parts, pdf_parts
from volunteers.exports.certificate_pdf import certificate_html
from volunteers.models import Certificate


def certificate(count, **values):
    """One that is not saved, with so many lines of 95 minutes."""
    lines = [
        {
            "day": (date(2026, 1, 3) + timedelta(days=number)).isoformat(),
            "content": f"古城骑楼街清洁第{number + 1}次",
            "organization": "芗城区示例党支部",
            "minutes": 95,
        }
        for number in range(count)
    ]
    return Certificate(
        pk=1,
        number="XC2026-7K4M-P9QT",
        holder_name="陈水仙",
        issuer="示例出具单位",
        minutes=95 * count,
        lines=lines,
        from_on=date(2026, 1, 1),
        until_on=date(2026, 11, 20),
        issued_at=beijing(2026, 11, 20),
        **values,
    )


def embedded(page):
    """The fonts of a page and whether each is in the file."""
    found = {}
    for font in page["/Resources"]["/Font"].values():
        within = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = within["/FontDescriptor"].get_object()
        name = within["/BaseFont"].partition("+")[2]
        found[name] = bool({"/FontFile2", "/FontFile3"} & set(descriptor))
    return found


def test_the_paper_says_what_was_certified_on_a4_with_its_fonts_inside():
    reader = PdfReader(BytesIO(certificate_pdf(certificate(40))))

    front, *sheets = reader.pages
    text = text_of(front)
    for words in (
        "志愿服务证明",
        "编号XC2026-7K4M-P9QT",
        "兹证明陈水仙在2026年1月1日至2026年11月20日期间",
        "63.3小时",
        "按分钟计算(合计3800分钟),以小时表示,保留一位小数",
        "2026年11月20日",
        "可凭编号查验",
    ):
        assert words in text
    behind = "".join(map(text_of, sheets))
    assert "40.2026-02-11古城骑楼街清洁第40次·芗城区示例党支部1.6" in behind
    assert f"第2页·共{len(reader.pages)}页" in behind
    assert (round(front.mediabox.width), round(front.mediabox.height)) == (595, 842)
    assert len(fonts := embedded(front)) >= 1
    assert all(fonts.values())


@pytest.mark.parametrize(
    ("state", "words"), [("revoked", "已撤销"), ("superseded", "已被新证明替代")]
)
def test_one_that_is_valid_no_more_says_so_across_the_paper(state, words):
    html = certificate_html(certificate(1, state=state))

    assert f'<p class="over">{words}</p>' in html
    assert 'class="over"' not in certificate_html(certificate(1))


def test_the_code_leads_to_the_page_that_checks_the_number(settings):
    settings.SITE_URL = "https://portal.example"
    address = "https://portal.example/verify/XC2026-7K4M-P9QT/"
    code = segno.make(address, error="m", micro=False)

    html = certificate_html(certificate(1))

    assert code.svg_inline(border=0, dark="#24211d") in html


@pytest.mark.django_db
def test_the_holder_downloads_the_file_and_nobody_else(signed_in):
    held = CertificateFactory()
    url = reverse("volunteers:certificate_pdf", args=[held.pk])

    response = signed_in(held.volunteer.user).get(url)

    assert signed_in(UserFactory()).get(url).status_code == 404
    assert response.content.startswith(b"%PDF-")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store, private"
    disposition = response.headers["Content-Disposition"]
    assert disposition == f'attachment; filename="{held.number}.pdf"'


@pytest.mark.django_db
def test_making_pdfs_leaves_pillow_refusing_pictures_cut_short():
    check_pdf_parts()

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_without_pango_the_page_names_what_is_missing(signed_in, monkeypatch):
    def not_there():
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf_parts, "_weasyprint", not_there)
    held = CertificateFactory()

    with pytest.raises(PdfMissing):
        check_pdf_parts()
    response = signed_in(held.volunteer.user).get(
        reverse("volunteers:certificate_pdf", args=[held.pk])
    )

    assert response.status_code == 503
    assert "libpango-1.0-0" in response.text
