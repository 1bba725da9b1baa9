"""Documents people upload: PDFs that do nothing, and photos."""

import time
import tracemalloc

import pytest

from core.uploads import UploadError, check_document
from core.uploads_pdf import MAX_STRUCTURE_BYTES
from tests import files
from tests.files import upload
from tests.pdfs import packed, pdf, pdf_with_object_stream, pdf_with_table_bomb, stream

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
GO_TO = b"/OpenAction [3 0 R /Fit]"

GOOD = {
    "plain": pdf(),
    "objects packed": pdf_with_object_stream(),
    "opens on its first page": pdf(catalog=GO_TO),
    "page contents packed": pdf(page=b"/Contents 4 0 R", more=[packed(b"BT ET" * 999)]),
    "a scan": pdf(more=[stream(files.noisy_jpeg(), b"/Filter /DCTDecode")]),
    "a link": pdf(page=b"/Annots [<< /A << /S /URI /URI (https://x.cn) >> >>]"),
    "a signature field": pdf(catalog=b"/AcroForm << /SigFlags 3 /Fields [] >>"),
    "200 pages": pdf(pages=200),
    "blanks behind": pdf(behind=b"\r\n \n\0\0"),
}

ACTIVE = {
    "script on opening": pdf(catalog=b"/OpenAction " + SCRIPT),
    "script by a number": pdf(catalog=b"/OpenAction 4 0 R", more=[SCRIPT]),
    "script by name": pdf(catalog=b"/Names << /JavaScript 4 0 R >>", more=[SCRIPT]),
    "name in escapes": pdf(catalog=b"/OpenAction << /S /J#61vaScript >>"),
    "every letter escaped": pdf(catalog=b"/OpenAction << /#4a#53 (x) >>"),
    "key in escapes": pdf(more=[b"<< /J#53 (x) >>"]),
    "script in packed objects": pdf_with_object_stream(
        catalog=b"/OpenAction << /S /J#61vaScript /JS (x) >>"
    ),
    "script in a string object": pdf(more=[stream(b"x=1", b"/S /JavaScript")]),
    "script nobody points to": pdf().replace(
        b"xref\n0", b"9 0 obj\n" + SCRIPT + b"\nendobj\nxref\n0", 1
    ),
    "script in a stream without type": pdf(
        more=[packed(b"9 0 " + SCRIPT, b"/N 1 /First 4")]
    ),
    "script in escapes nobody points to": pdf().replace(
        b"xref\n0", b"9 0 obj\n<< /J#53 (x) >>\nendobj\nxref\n0", 1
    ),
    "script between words that look like a stream": pdf(
        more=[b"<< /Filter /X /T (stream\n) /A << /S /JavaScript >> /Z (endstream) >>"]
    ),
    "script in an open stream": pdf(more=[stream(b"7 0 obj " + SCRIPT)]),
    "script in the trailer": pdf(trailer=b"/AA << /O " + SCRIPT + b" >>"),
    "launched program": pdf(page=b"/Annots [<< /A << /S /Launch /F (a.exe) >> >>]"),
    "page action": pdf(page=b"/AA << /O << /S /Named >> >>"),
    "embedded file": pdf(more=[stream(b"MZ", b"/Type /EmbeddedFile")]),
    "attached file": pdf(catalog=b"/Names << /EmbeddedFiles << >> >>"),
    "file of an annotation": pdf(page=b"/Annots [<< /FS << /EF << >> >> >>]"),
    "form that sends": pdf(page=b"/Annots [<< /A << /S /SubmitForm >> >>]"),
    "form of its own kind": pdf(catalog=b"/AcroForm << /XFA 4 0 R >>"),
    "film": pdf(page=b"/Annots [<< /Subtype /RichMedia >>]"),
}

REFUSED = {
    "encrypted": (pdf(trailer=b"/Encrypt << /Filter /Standard >>"), "已加密"),
    "201 pages": (pdf(pages=201), "超过 200 页"),
    "no page": (pdf(pages=0), "已损坏"),
    "no end": (pdf()[:-9], "已损坏"),
    "cut in half": (pdf()[: len(pdf()) // 2], "已损坏"),
    "archive behind": (pdf(behind=b"\n" + files.archive({"a": b"b"})), "已损坏"),
    "table points nowhere": (pdf().replace(b"startxref\n", b"startxref\n9"), "已损坏"),
    "object under a wrong number": (pdf().replace(b"3 0 obj", b"8 0 obj"), "已损坏"),
    "only a frame": (files.PDF, "已损坏"),
    "stream without end": (pdf(more=[b"<< >>\nstream\nabc"]), "已损坏"),
    "object hidden in packed data": (
        pdf(more=[stream(b"junk 7 0 obj << >>", b"/Filter /FlateDecode")]),
        "已损坏",
    ),
    "page before the header": (b"<html>" + pdf(), "只接受"),
    "web page": (b"<html><script>1</script></html>", "只接受"),
    "word file": (files.document(), "只接受"),
    "svg": (files.SVG, "只接受"),
    "postscript": (files.EPS, "只接受"),
    "gif": (files.GIF_PAGE, "只接受"),
    "nothing": (b"", "文件是空的"),
    "damaged photo": (files.noisy_jpeg()[:900], "已损坏"),
    "nested a thousand deep": (pdf(more=[b"[" * 9999 + b"]" * 9999]), "已损坏"),
    "objects packed oddly": (
        pdf_with_object_stream(head=b"/DecodeParms << /Predictor 12 >>"),
        "过于复杂",
    ),
    "too many objects": (pdf(more=[b"null"] * 21_000), "过于复杂"),
    "packed objects beyond the bound": (
        pdf_with_object_stream(padding=b" " * (MAX_STRUCTURE_BYTES + 1)),
        "过于复杂",
    ),
    "too big": (pdf(more=[stream(b"\0" * 10 * 1024 * 1024, b"/Filter /X")]), "10 MB"),
}


def refusal(content: bytes) -> str:
    with pytest.raises(UploadError) as caught:
        check_document(upload(content, "协议.pdf"))
    return str(caught.value)


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_document_that_does_nothing_is_kept_as_it_is(content):
    document = check_document(upload(content, "共建协议.PDF"))

    assert document.content == content
    assert (document.extension, document.name) == ("pdf", "共建协议.pdf")


@pytest.mark.parametrize("content", ACTIVE.values(), ids=ACTIVE)
def test_document_with_an_active_part_is_refused(content):
    assert "脚本、附件或自动动作" in refusal(content)


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
def test_document_that_is_none_is_refused_with_the_reason(content, words):
    text = refusal(content)

    assert words in text
    assert text.startswith("“协议.pdf”未被接受：")


def test_photo_of_a_document_is_drawn_anew():
    document = check_document(upload(files.jpeg_with_private_data(), "IMG_1.pdf"))

    assert document.content.startswith(b"\xff\xd8\xff")
    assert b"Secret" not in document.content
    assert (document.extension, document.name) == ("jpg", "IMG_1.jpg")


def test_table_that_unpacks_to_much_is_refused_in_little_memory():
    bomb = pdf_with_table_bomb()
    tracemalloc.start()

    text = refusal(bomb)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "过于复杂" in text
    assert peak < 40 * 1024 * 1024


def test_largest_structure_is_looked_through_in_bounded_time():
    numbers = [b"[" + b"1 " * 70 + b"]"] * 16_000
    started = time.perf_counter()

    check_document(upload(pdf(more=numbers), "大.pdf"))

    assert time.perf_counter() - started < 30


def test_flaws_of_a_file_do_not_flood_the_log(caplog):
    check_document(upload(pdf(more=[b"(" + b"\\a" * 5000 + b")"]), "怪.pdf"))

    assert caplog.records == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ('a";b.exe', "ab.pdf"),
        ("协议\u202efdp.exe", "协议fdp.pdf"),
        (".pdf", "文件.pdf"),
        ("x" * 300 + ".pdf", "x" * 60 + ".pdf"),
    ],
)
def test_document_keeps_a_name_that_is_safe(sent, kept):
    file = upload(pdf())
    file._name = sent

    assert check_document(file).name == kept
