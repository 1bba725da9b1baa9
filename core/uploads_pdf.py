"""PDF files people upload: taken only when nothing in them acts by itself.

Two looks, because readers disagree about broken files: one at every name in the bytes
(also in places no table of contents leads to), one at every object as a parser sees
it. A file the parser finds broken is refused; readers mend such files by guessing.
"""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

MAX_PAGES = 200
MAX_OBJECTS = 20_000
MAX_STRUCTURE_BYTES = 3 * 1024 * 1024  # all but pictures, fonts and page contents
END_WITHIN = 1024

# What runs, opens, sends, plays or carries something else along.
ACTIVE = frozenset(
    {
        "AA", "EF", "EmbeddedFile", "EmbeddedFiles", "GoToE", "GoToR", "ImportData",
        "JS", "JavaScript", "Launch", "Movie", "Rendition", "RichMedia", "Sound",
        "SubmitForm", "XFA",
    }
)  # fmt: skip

# One line for each flaw of a file could flood the log; here the first one refuses it.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]{1,127})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[\r\n]")
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")


class PdfRefused(Exception):
    """The reason, in words that end a sentence."""


def is_pdf(content: bytes) -> bool:
    """Whether the bytes say that they are a PDF."""
    return content.startswith(b"%PDF-")


def check_pdf(content: bytes) -> None:
    """Look through a PDF of bounded size; raises PdfRefused with the reason.

    Refuses what is encrypted, broken or cut off, has more than 200 pages, or holds
    anything active: scripts, launched programs, embedded files, forms that send.
    """
    _check_end(content)
    names = _names_in_bytes(content)
    if "Encrypt" in names:
        raise PdfRefused(_("文件已加密，请解除密码后再上传"))
    _check_names(names)
    try:
        _look_through(content)
    except PdfRefused:
        raise
    except Exception as error:
        # A damaged file makes the parser raise nearly anything.
        raise _damaged() from error


def _check_end(content: bytes) -> None:
    tail = content[-END_WITHIN:].rstrip(b"\0\t\n\x0c\r ")
    if not is_pdf(content) or not tail.endswith(b"%%EOF"):
        raise _damaged()


def _check_names(names: set[str]) -> None:
    if found := sorted(names & ACTIVE):
        raise PdfRefused(
            _("文件带有脚本、附件或自动动作（%(name)s），请打印成普通 PDF 再上传")
            % {"name": found[0]}
        )


def _names_in_bytes(content: bytes) -> set[str]:
    """Every name outside compressed streams and inside object streams."""
    if content.count(b"obj") > 3 * MAX_OBJECTS:
        raise _too_complex()
    names: set[str] = set()
    place, budget = 0, MAX_STRUCTURE_BYTES
    while found := _STREAM.search(content, place):
        head = content[place : found.start()]
        end = content.find(b"endstream", found.end())
        if end < 0:
            raise _damaged()
        names |= _names(head)
        own = _names(head[head.rfind(b"obj") :])
        inside, spent = _stream_names(content[found.end() : end], own, budget)
        names |= inside
        budget -= len(head) + spent
        if budget < 0:
            raise _too_complex()
        place = end + len(b"endstream")
    if len(content) - place > budget:
        raise _too_complex()
    return names | _names(content[place:])


def _stream_names(body: bytes, own: set[str], budget: int) -> tuple[set[str], int]:
    """Names inside a stream with these names in its head, and the bytes unpacked."""
    holds_objects = "ObjStm" in own or {"N", "First"} <= own
    if holds_objects or "XRef" in own:
        plain = _unpacked(body, own, budget)
        if holds_objects and "Predictor" in own:
            raise _too_complex()
        return (_names(plain) if holds_objects else set()), len(plain)
    if "Filter" not in own:
        return _names(body), 0
    if _OBJECT.search(body):
        raise _damaged()  # an object where only packed data should be
    return set(), 0


def _unpacked(body: bytes, own: set[str], budget: int) -> bytes:
    if "Filter" not in own:
        return body
    if {name for name in own if name.endswith("Decode")} != {"FlateDecode"}:
        raise _too_complex()
    try:
        plain = zlib.decompressobj().decompress(body, max(budget, 0) + 1)
    except zlib.error as error:
        raise _damaged() from error
    if len(plain) > budget:
        raise _too_complex()
    return plain


def _names(content: bytes) -> set[str]:
    """The names in the bytes, with their escapes read: /J#53 is JS."""
    return {
        _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name).decode("latin-1")
        for name in set(_NAME.findall(content))
    }


def _look_through(content: bytes) -> None:
    reader = PdfReader(
        io.BytesIO(content), strict=True, xref_stream_maximum_entries=MAX_OBJECTS
    )
    if reader.is_encrypted:
        raise PdfRefused(_("文件已加密，请解除密码后再上传"))
    numbers = [
        (number, generation)
        for generation, places in reader.xref.items()
        for number in places
    ]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MAX_OBJECTS:
        raise _too_complex()
    pages = 0
    for number, generation in numbers:
        row = reader.get_object(IndirectObject(number, generation, reader))
        _check_names(set(_names_of(row)))
        is_page = isinstance(row, DictionaryObject) and row.get("/Type") == "/Page"
        pages += is_page
    _check_names(set(_names_of(reader.trailer)))
    if not pages:
        raise _damaged()
    if pages > MAX_PAGES:
        raise PdfRefused(_("超过 %(most)d 页") % {"most": MAX_PAGES})


def _names_of(row: Any) -> Iterator[str]:
    """Names in an object, without following it to others."""
    waiting = [row]
    while waiting:
        part = waiting.pop()
        if isinstance(part, NameObject):
            yield str(part)[1:]
        elif isinstance(part, DictionaryObject):
            waiting += [*part.keys(), *dict.values(part)]
        elif isinstance(part, ArrayObject):
            waiting += list.__iter__(part)


def _damaged() -> PdfRefused:
    return PdfRefused(_("文件已损坏或不完整，请重新导出后再上传"))


def _too_complex() -> PdfRefused:
    return PdfRefused(_("文件结构过于复杂，请打印成普通 PDF 或拍照上传"))
