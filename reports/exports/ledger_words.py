"""Pieces of a Word document as XML: paragraphs, tables, photos.

A paragraph added through python-docx costs more the longer the document is. Here a
record is put together as text and parsed once.
"""

import re
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

NAMESPACES = nsdecls("w", "wp", "a", "pic", "r")
EMU_PER_CM = 360_000
TWIPS_PER_CM = 567
_ILLEGAL_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GREY = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
_LINES = ("top", "left", "bottom", "right", "insideH", "insideV")


def fragment(*pieces: str) -> str:
    """Pieces of a body as one document to parse."""
    return f"<w:body {NAMESPACES}>{''.join(pieces)}</w:body>"


def paragraph(text: str, style: str = "Normal", *, keeps_next: bool = False) -> str:
    """A paragraph; line breaks of the text stay. `style` is the id of a style."""
    keep = "<w:keepNext/>" if keeps_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{_run(text)}</w:p>'


def page_break() -> str:
    """The next paragraph begins a page."""
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def table(rows: list[list[str]], widths: list[float], *, has_head: bool = False) -> str:
    """A ruled table of texts; the first row is repeated on each page as its head."""
    body = "".join(
        _row(
            [
                _cell(text, width, is_label=has_head and number == 0)
                for text, width in zip(row, widths, strict=True)
            ],
            is_head=has_head and number == 0,
        )
        for number, row in enumerate(rows)
    )
    return _table(body, widths, "single")


def fact_table(facts: list[tuple[str, str]], widths: tuple[float, float]) -> str:
    """A ruled table of labels and texts, kept on one page where it fits."""
    body = "".join(
        _row(
            [
                _cell(label, widths[0], is_label=True, keeps_next=number < len(facts)),
                _cell(text, widths[1], keeps_next=number < len(facts)),
            ]
        )
        for number, (label, text) in enumerate(facts, start=1)
    )
    return _table(body, list(widths), "single")


def photo_table(photos: list[tuple[str, str]], width: float) -> str:
    """Photos two to a row, each above its caption; pairs of `photo` and caption."""
    rows = []
    for start in range(0, len(photos), 2):
        pair = photos[start : start + 2]
        cells = [
            _tc(
                '<w:p><w:pPr><w:pStyle w:val="LedgerPhoto"/><w:keepNext/></w:pPr>'
                f"{drawing}</w:p>{paragraph(caption, 'LedgerCaption')}",
                width / 2,
            )
            for drawing, caption in pair
        ]
        if len(pair) == 1:
            cells.append(_tc(paragraph("", "LedgerCaption"), width / 2))
        rows.append(_row(cells))
    return _table("".join(rows), [width / 2, width / 2], "nil")


def photo(relation: str, number: int, size: tuple[float, float], words: str) -> str:
    """A photo that a relation of the document leads to; size in centimetres."""
    width, height = (round(side * EMU_PER_CM) for side in size)
    words = escape(_legal(words), {'"': "&quot;", "\n": " "})
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="photo{number}" descr="{words}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/'
        '2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="photo{number}.jpeg"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def field(code: str) -> str:
    """A field that the word processor fills in, as PAGE."""
    shown = "<w:r><w:t>1</w:t></w:r>"
    return f'<w:fldSimple {NAMESPACES} w:instr="{code}">{shown}</w:fldSimple>'


def _run(text: str) -> str:
    lines = _legal(text).split("\n")
    return "".join(
        f"<w:r>{'<w:br/>' if number else ''}"
        f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r>'
        for number, line in enumerate(lines)
    )


def _table(rows: str, widths: list[float], line: str) -> str:
    borders = "".join(
        f'<w:{side} w:val="{line}" w:sz="4" w:space="0" w:color="808080"/>'
        for side in _LINES
    )
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        + paragraph("", "LedgerGap")
    )


def _row(cells: list[str], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, width: float, *, is_label: bool = False, keeps_next: bool = False
) -> str:
    content = paragraph(text, "LedgerCell", keeps_next=keeps_next)
    return _tc(content, width, _GREY if is_label else "")


def _tc(content: str, width: float, look: str = "") -> str:
    size = f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{look}</w:tcPr>{content}</w:tc>"


def _twips(width: float) -> int:
    return round(width * TWIPS_PER_CM)


def _legal(text: str) -> str:
    return _ILLEGAL_XML.sub("", text)
