"""Hostile files, as they may be sent in place of a photo or a document.

Each has the name it comes under, a maker of its bytes and the words it must be
refused with; or, where only its pixels are taken, what must be gone afterwards.
"""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PIL import Image

from tests import files
from tests.files import picture, png_chunk
from tests.pdfs import (
    packed,
    pdf,
    pdf_with_object_stream,
    pdf_with_table_bomb,
    stream,
)

TEN_MEGABYTES = 10 * 1024 * 1024
ONLY, DAMAGED, PIXELS = "只接受", "已损坏", "尺寸过大"
ACTIVE, COMPLEX = "脚本、附件或自动动作", "过于复杂"
PAGE = b"<html><script>alert('Secret')</script></html>"


@dataclass(frozen=True)
class Hostile:
    """One file: refused with `reason`, or cleaned of every one of `gone`."""

    name: str
    make: Callable[[], bytes]
    reason: str = ""
    gone: tuple[bytes, ...] = ()


def jpeg_with_segment(marker: int, body: bytes) -> bytes:
    """A photo with one more segment right after its start."""
    photo = files.noisy_jpeg()
    return (
        photo[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
    ) + photo[2:]


def png_with_chunk(kind: bytes, body: bytes) -> bytes:
    """A picture with one more chunk right after its head."""
    whole = picture("PNG")
    return whole[:33] + png_chunk(kind, body) + whole[33:]


@cache
def bomb(megabytes: int) -> bytes:
    """Zeros of so many megabytes, packed to a thousandth."""
    compressor = zlib.compressobj(9)
    zeros = bytes(1024 * 1024)
    parts = [compressor.compress(zeros) for _part in range(megabytes)]
    return b"".join(parts) + compressor.flush()


def two_pictures() -> bytes:
    """As telephones write them: the second one shows what was cut off."""
    output = io.BytesIO()
    pair = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    pair[0].save(output, "MPO", save_all=True, append_images=pair[1:])
    return output.getvalue()


def webp_broken(place: int, value: bytes) -> bytes:
    content = bytearray(picture("WEBP", lossless=True))
    content[place : place + len(value)] = value
    return bytes(content)


def jpeg_with_damaged_tables() -> bytes:
    content = bytearray(files.noisy_jpeg())
    place = content.index(b"\xff\xc4") + 5
    content[place : place + 40] = b"\xff" * 40
    return bytes(content)


def webp_of_another_size() -> bytes:
    """The head says 40 by 30, the packed picture behind it says otherwise."""
    content = bytearray(picture("WEBP", "RGBA", color=(1, 2, 3, 4)))
    place = content.index(b"VP8X") + 12
    content[place : place + 3] = (99).to_bytes(3, "little")
    return bytes(content)


def iso_media(brand: bytes) -> bytes:
    head = b"ftyp" + brand + b"\0\0\0\0" + brand
    return struct.pack(">I", len(head) + 4) + head + b"\0\0\0\x08mdat" * 40


def icc(size: int) -> bytes:
    """A colour profile that unpacks to so many bytes."""
    return b"name\0\0" + zlib.compress(b"Secret" * (size // 6), 9)


def attached() -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(a.exe) 4 0 R] >> >>"
    file = stream(b"MZ", b"/Type /EmbeddedFile")
    return pdf(catalog=names, more=[b"<< /EF << /F 5 0 R >> >>", file])


PHOTOS = {
    # Too much
    "packed pixels": Hostile(
        "a.png",
        lambda: files.png_claiming(10_000, 10_000, bytes(40 * 1024 * 1024)),
        PIXELS,
    ),
    "pixels claimed": Hostile("a.png", lambda: files.png_claiming(60_000, 9), PIXELS),
    "pixels overflow": Hostile(
        "a.png", lambda: files.png_claiming(2**31 - 1, 2**31 - 1), PIXELS
    ),
    "data behind the last line": Hostile(
        "a.png", lambda: files.png_claiming(9, 9, bytes(40 * 1024 * 1024))
    ),
    "text of many MB": Hostile(
        "a.png", lambda: png_with_chunk(b"zTXt", b"Secret\0\0" + bomb(40)), DAMAGED
    ),
    "profile of many MB": Hostile(
        "a.png", lambda: png_with_chunk(b"iCCP", b"icc\0\0" + bomb(40)), DAMAGED
    ),
    "international text of many MB": Hostile(
        "a.png",
        lambda: png_with_chunk(b"iTXt", b"Secret\0\1\0\0\0" + bomb(40)),
        DAMAGED,
    ),
    "65,000 pixels wide": Hostile(
        "a.jpg", lambda: files.jpeg_claiming(65_000, 1), PIXELS
    ),
    "65,000 pixels square": Hostile(
        "a.jpg", lambda: files.jpeg_claiming(65_000, 65_000), PIXELS
    ),
    "huge canvas": Hostile(
        "a.webp", lambda: files.webp_claiming(16_384, 16_384), PIXELS
    ),
    "one byte too many": Hostile(
        "a.jpg",
        lambda: picture().ljust(TEN_MEGABYTES + 1, b"\0"),
        "超过 10 MB",
    ),
    # Broken
    "nothing": Hostile("a.jpg", lambda: b"", "文件是空的"),
    "cut in half": Hostile("a.jpg", lambda: files.noisy_jpeg()[:2_000], DAMAGED),
    "damaged tables": Hostile("a.jpg", jpeg_with_damaged_tables, DAMAGED),
    "wrong sum": Hostile("a.png", files.png_with_wrong_sum, DAMAGED),
    "canvas without picture": Hostile(
        "a.webp", lambda: files.webp_claiming(100, 100), DAMAGED
    ),
    "canvas of another size": Hostile("a.webp", webp_of_another_size, DAMAGED),
    "canvas hidden in the packed head": Hostile(
        "a.webp", lambda: webp_broken(21, b"\xff\x3f\xff\x0f"), PIXELS
    ),
    "noise behind the mark": Hostile("a.jpg", lambda: b"\xff\xd8\xff" * 900, DAMAGED),
    # Something else under a photo's name
    "page": Hostile("a.jpg", lambda: PAGE, ONLY),
    "page before a photo": Hostile("a.jpg", lambda: PAGE + picture(), ONLY),
    "gif that is a page": Hostile("a.gif", lambda: files.GIF_PAGE, ONLY),
    "gif under another name": Hostile("a.jpg", lambda: picture("GIF", "P"), ONLY),
    "drawing with a script": Hostile("a.svg", lambda: files.SVG, ONLY),
    "postscript": Hostile("a.jpg", lambda: files.EPS, ONLY),
    "tiff": Hostile("a.png", lambda: picture("TIFF"), ONLY),
    "bmp": Hostile("a.jpg", lambda: picture("BMP"), ONLY),
    "icon": Hostile("a.png", lambda: picture("ICO"), ONLY),
    "photoshop": Hostile("a.jpg", lambda: b"8BPS\0\1" + b"\0" * 40, ONLY),
    "film": Hostile("a.jpg", lambda: iso_media(b"isom"), ONLY),
    "heic": Hostile("IMG_1.HEIC", lambda: iso_media(b"heic"), "兼容性最佳"),
    "archive": Hostile("a.png", lambda: files.archive({"a": b"MZ"}), ONLY),
    "program": Hostile("a.jpg", lambda: b"MZ\x90\0" + b"\0" * 99, ONLY),
    "sound": Hostile("a.webp", lambda: b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40, ONLY),
    "pdf": Hostile("a.jpg", pdf, ONLY),
    # Photos with something on board
    "place and camera": Hostile(
        "a.jpg", files.jpeg_with_private_data, gone=(b"Secret", b"Exif")
    ),
    "php in the comment": Hostile(
        "a.php.jpg",
        lambda: jpeg_with_segment(0xFE, b"<?php system('Secret'); ?>"),
        gone=(b"<?php", b"Secret"),
    ),
    "page in a segment": Hostile(
        "a.jpg", lambda: jpeg_with_segment(0xED, PAGE), gone=(b"<script",)
    ),
    "second page of a profile": Hostile(
        "a.jpg",
        lambda: jpeg_with_segment(0xE2, b"ICC_PROFILE\0\1\1" + b"Secret" * 99),
        gone=(b"ICC_PROFILE", b"Secret"),
    ),
    "page behind the photo": Hostile(
        "a.html", lambda: files.noisy_jpeg() + PAGE, gone=(b"<script",)
    ),
    "archive behind the photo": Hostile(
        "a.jar",
        lambda: files.noisy_jpeg() + files.archive({"Secret": b"x"}),
        gone=(b"PK\x03\x04", b"Secret"),
    ),
    "page behind the picture": Hostile(
        "a.png", files.png_with_trailing_page, gone=(b"<script",)
    ),
    "texts": Hostile("a.png", files.png_with_text, gone=(b"Secret",)),
    "profile": Hostile(
        "a.png", lambda: png_with_chunk(b"iCCP", icc(6_000)), gone=(b"iCCP", b"Secret")
    ),
    "second picture": Hostile("a.jpg", two_pictures, gone=(b"MPF",)),
    "animated png": Hostile("a.png", lambda: files.animation("PNG"), gone=(b"acTL",)),
    "animated webp": Hostile(
        "a.webp", lambda: files.animation("WEBP"), gone=(b"ANIM", b"RIFF")
    ),
    "print colours": Hostile(
        "a.jpg", lambda: picture("JPEG", "CMYK"), gone=(b"Adobe",)
    ),
    "16 bits": Hostile("a.png", lambda: files.png_deep_grey(9), gone=(b"PNG",)),
}

NAMED = {
    "path": ("../../../etc/cron.d/a.gif", "“a.gif”"),
    "zero": ("a\0.jpg.gif", "“a.jpg.gif”"),
    "windows path": ("C:\\Windows\\a.gif", "“a.gif”"),
    "bidi": ("photo\u202efig.exe", "“photofig.exe”"),
    "300 characters": ("长" * 300 + ".gif", "“" + "长" * 60 + "”"),
    "two extensions": ("a.php.gif", "“a.php.gif”"),
    "tag": ("<img src=x onerror=alert(1)>.gif", "&lt;img src=x onerror=alert(1)&gt;"),
}

DOCUMENTS = {
    "script": Hostile(
        "a.pdf",
        lambda: pdf(catalog=b"/OpenAction << /S /JavaScript /JS (x) >>"),
        ACTIVE,
    ),
    "script behind escapes": Hostile(
        "a.pdf", lambda: pdf(catalog=b"/OpenAction << /#4a#53 (x) >>"), ACTIVE
    ),
    "script in packed objects": Hostile(
        "a.pdf",
        lambda: pdf_with_object_stream(catalog=b"/OpenAction << /S /J#61vaScript >>"),
        ACTIVE,
    ),
    "program": Hostile(
        "a.pdf", lambda: pdf(catalog=b"/OpenAction << /S /Launch /F (a.exe) >>"), ACTIVE
    ),
    "attached file": Hostile("a.pdf", attached, ACTIVE),
    "action on opening a page": Hostile(
        "a.pdf", lambda: pdf(page=b"/AA << /O << /S /Named >> >>"), ACTIVE
    ),
    "form of its own kind": Hostile(
        "a.pdf", lambda: pdf(catalog=b"/AcroForm << /XFA [(a) 4 0 R] >>"), ACTIVE
    ),
    "form that sends": Hostile(
        "a.pdf", lambda: pdf(page=b"/Annots [<< /A << /S /SubmitForm >> >>]"), ACTIVE
    ),
    "film": Hostile(
        "a.pdf", lambda: pdf(page=b"/Annots [<< /Subtype /RichMedia >>]"), ACTIVE
    ),
    "password": Hostile(
        "a.pdf", lambda: pdf(trailer=b"/Encrypt << /Filter /Standard >>"), "已加密"
    ),
    "300 pages": Hostile("a.pdf", lambda: pdf(pages=300), "超过 200 页"),
    "too many objects": Hostile("a.pdf", lambda: pdf(more=[b"null"] * 20_500), COMPLEX),
    "table of many MB": Hostile("a.pdf", pdf_with_table_bomb, COMPLEX),
    "packed objects of many MB": Hostile(
        "a.pdf",
        lambda: pdf(
            more=[stream(bomb(40), b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")]
        ),
        COMPLEX,
    ),
    "packed twice": Hostile(
        "a.pdf",
        lambda: pdf(
            more=[packed(bomb(9), b"/Type /ObjStm /N 1 /First 4 /F /ASCIIHexDecode")]
        ),
        COMPLEX,
    ),
    "nested lists": Hostile(
        "a.pdf", lambda: pdf(more=[b"[" * 9_999 + b"]" * 9_999]), DAMAGED
    ),
    "cut off": Hostile("a.pdf", lambda: pdf()[:200], DAMAGED),
    "page before the document": Hostile("a.pdf", lambda: PAGE + pdf(), ONLY),
    "page behind the document": Hostile("a.pdf", lambda: pdf(behind=PAGE), DAMAGED),
    "archive behind the document": Hostile(
        "a.pdf", lambda: pdf(behind=files.archive({"a": b"b"})), DAMAGED
    ),
    "one byte too many": Hostile(
        "a.pdf",
        lambda: pdf(more=[stream(bytes(TEN_MEGABYTES), b"/Filter /X")]),
        "10 MB",
    ),
    "word file": Hostile("a.pdf", files.document, ONLY),
    "drawing with a script": Hostile("a.pdf", lambda: files.SVG, ONLY),
    "heic": Hostile("a.pdf", lambda: iso_media(b"mif1"), "兼容性最佳"),
    "photo with its place": Hostile(
        "a.pdf", files.jpeg_with_private_data, gone=(b"Secret", b"Exif")
    ),
}
