"""How the ledger looks on paper: A4, 宋体 for text, 黑体 for headings."""

from datetime import datetime

from django.conf import settings
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from reports.exports.ledger_words import field

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
CENTER = WD_ALIGN_PARAGRAPH.CENTER
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document(title: str, made_at: datetime) -> DocumentType:
    """An empty A4 document with header, footer and the styles of the ledger."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = title, settings.PORTAL_NAME
    properties.comments = ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    _set_page(document)
    _set_styles(document)
    return document


def _set_page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.text, header.alignment = settings.PORTAL_NAME, CENTER
    footer = section.footer.paragraphs[0]
    footer.alignment = CENTER
    for piece in ("第 ", "PAGE", " 页，共 ", "NUMPAGES", " 页"):
        if piece.isascii() and piece.isupper():
            footer._p.append(parse_xml(field(piece)))
        else:
            footer.add_run(piece)


def _set_styles(document: DocumentType) -> None:
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        _set_fonts(fonts, SONG)
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _style(styles["Normal"], SONG, 11, after=4)
    _style(styles["Title"], HEI, 26, after=18, is_centered=True)
    for fonts in styles["Title"].element.iter(qn("w:pBdr")):
        fonts.getparent().remove(fonts)
    for level, size in ((1, 18), (2, 14), (3, 12)):
        _style(styles[f"Heading {level}"], HEI, size, before=10, after=4)
    for name, size, after, is_centered in (
        ("LedgerCover", 14, 10, True),
        ("LedgerActivity", 11, 4, False),
        ("LedgerCell", 10, 0, False),
        ("LedgerPhoto", 10, 2, True),
        ("LedgerCaption", 9, 4, True),
        ("LedgerGap", 6, 0, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _style(style, SONG, size, after=after, is_centered=is_centered)
    styles["LedgerActivity"].font.bold = True


def _style(style, east_asian, size, *, before=0, after=0, is_centered=False) -> None:
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.name = LATIN
    _set_fonts(style.element.rPr.rFonts, east_asian)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.2
    if is_centered:
        form.alignment = CENTER


def _set_fonts(fonts, east_asian: str) -> None:
    """Name the fonts; those of the theme would win over the names."""
    for name in _THEME:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN)
    fonts.set(qn("w:eastAsia"), east_asian)
