"""Makers of files as people and attackers send them: photos and workbooks."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin


def upload(content: bytes, name: str = "照片.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(
    kind: str = "JPEG", mode: str = "RGB", size=(40, 30), color: Any = None, **options
) -> bytes:
    output = io.BytesIO()
    image = Image.new(mode, size, color if color is not None else 0)
    image.save(output, kind, **options)
    return output.getvalue()


def noisy_jpeg(size=(200, 150)) -> bytes:
    output = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(output, "JPEG")
    return output.getvalue()


def noisy_png(size=(200, 150)) -> bytes:
    output = io.BytesIO()
    Image.effect_noise(size, 90).save(output, "PNG")
    return output.getvalue()


def jpeg_with_private_data() -> bytes:
    """GPS place, camera owner, a comment and XMP, as a phone may write them."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (24.0, 30.0, 0.0)})
    return picture(
        exif=exif, comment=b"SecretComment", xmp=b"<x:xmpmeta>SecretXmp</x:xmpmeta>"
    )


def jpeg_on_its_side() -> bytes:
    """A left half red, a right half blue, to be turned a quarter clockwise."""
    image = Image.new("RGB", (64, 32), "blue")
    image.paste("red", (0, 0, 32, 32))
    exif = Image.Exif()
    exif[0x0112] = 6
    output = io.BytesIO()
    image.save(output, "JPEG", exif=exif, quality=95)
    return output.getvalue()


def png_with_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SecretText")
    info.add_itxt("Comment", "SecretText", zip=True)
    return picture("PNG", pnginfo=info)


def png_with_trailing_page() -> bytes:
    return picture("PNG") + b"<html><script>SecretPage</script></html>"


def png_transparent_palette() -> bytes:
    image = Image.new("P", (16, 16), 0)
    image.putpalette([255, 0, 0, 0, 0, 0])
    image.paste(1, (8, 0, 16, 16))
    output = io.BytesIO()
    image.save(output, "PNG", transparency=1)
    return output.getvalue()


def png_deep_grey(level: int) -> bytes:
    """A grey picture of 16 bits; level 0 to 65535."""
    output = io.BytesIO()
    Image.frombytes("I;16", (8, 8), struct.pack("<H", level) * 64).save(output, "PNG")
    return output.getvalue()


def animation(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "lime", "blue")]
    output = io.BytesIO()
    frames[0].save(
        output, kind, save_all=True, append_images=frames[1:], duration=50, quality=100
    )
    return output.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def png_claiming(width: int, height: int, data: bytes = b"\0" * 1000) -> bytes:
    """A PNG whose header claims a size; the pixel data is what was given."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(data, 9))
        + png_chunk(b"IEND", b"")
    )


def png_bomb() -> bytes:
    """Some 300 kB that decode to 300 MB."""
    compressor = zlib.compressobj(9)
    row = b"\0" * (1 + 10_000 * 3)
    data = b"".join(compressor.compress(row) for _line in range(10_000))
    header = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", data + compressor.flush())
        + png_chunk(b"IEND", b"")
    )


def png_with_wrong_sum() -> bytes:
    """Pixels that can be decoded but do not match their check sum."""
    content = bytearray(picture("PNG"))
    content[-13] ^= 0xFF  # last byte of the sum of the pixel data, before the end
    return bytes(content)


def webp_claiming(width: int, height: int) -> bytes:
    """The head of an extended WebP whose canvas claims a size; the rest is missing."""
    body = b"\x02\0\0\0"
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4_000) + b"WEBP" + chunk


def jpeg_claiming(width: int, height: int) -> bytes:
    """A real JPEG with the size in its header overwritten."""
    content = bytearray(picture())
    place = content.index(b"\xff\xc0") + 5
    content[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(content)


GIF_PAGE = b"GIF89a/*" + b"\0" * 8 + b"*/=1;<html><script>alert(1)</script></html>"
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n%%EOF"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def archive(parts: dict[str, bytes], level: int = 9) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as zf:
        for name, part in parts.items():
            zf.writestr(name, part)
    return output.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as zf:
        return {name: zf.read(name) for name in zf.namelist()}


def workbook(
    rows: Sequence[Sequence[Any]] = (),
    *,
    merged: Sequence[tuple[int, int, int, int, Any]] = (),
    formulas: Sequence[tuple[int, int, str]] = (),
    more: dict[str, Sequence[Sequence[Any]]] | None = None,
    hidden: Sequence[str] = (),
    name: str = "表一",
) -> bytes:
    """An .xlsx of rows; merged are (top, left, bottom, right, value), counted from 0.

    A formula is (row, column, the error it shows). `more` are further sheets.
    """
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"default_date_format": "yyyy-mm-dd"}) as book:
        plain = book.add_format()
        for title, lines in {name: rows, **(more or {})}.items():
            sheet = book.add_worksheet(title)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
            if title == name:
                for top, left, bottom, right, value in merged:
                    sheet.merge_range(top, left, bottom, right, value, plain)
                for row, column, error in formulas:
                    sheet.write_formula(row, column, "=1/0", plain, error)
            if title in hidden:
                sheet.hide()
            else:
                sheet.activate()
    return output.getvalue()


def document() -> bytes:
    """What a Word file has in common with a workbook: the archive."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE container of the given streams, each at least 4,096 bytes long."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    padded = {
        name: body.ljust(max(4096, -(-len(body) // sector) * sector), b"\0")
        for name, body in streams.items()
    }
    directory = _ole_entry("Root Entry", 5, end, 0, child=1)
    place, fat, blocks = 2, [0xFFFFFFFD, end], []
    for number, (name, body) in enumerate(padded.items(), 1):
        count = len(body) // sector
        follows = number + 1 if number < len(padded) else free
        directory += _ole_entry(name, 2, place, len(body), right=follows)
        fat += [*range(place + 1, place + count), end]
        blocks.append(body)
        place += count
    assert len(fat) <= 128, "too much for this maker"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    return header + table + directory.ljust(sector, b"\0") + b"".join(blocks)


def _ole_entry(name, kind, start, size, *, right=0xFFFFFFFF, child=0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, right, child) + b"\0" * 36
    return entry + struct.pack("<II4x", start, size)


def old_workbook(
    rows: Sequence[Sequence[Any]],
    *,
    errors: Sequence[tuple[int, int]] = (),
    password: bool = False,
) -> bytes:
    """An .xls with one sheet of texts and numbers, as old systems write it."""
    cells = [
        _xls_cell(row, column, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value not in ("", None)
    ]
    cells += [
        _record(0x0205, struct.pack("<HHHBB", row, column, 0, 0x17, 1))
        for row, column in errors
    ]
    version = struct.pack("<HH", 0x0600, 0x0005) + b"\0" * 12
    sheet_version = struct.pack("<HH", 0x0600, 0x0010) + b"\0" * 12
    head = _record(0x0809, version)
    if password:
        head += _record(0x002F, b"\1\0\1\0\1\0" + b"\0" * 48)
    title = "名册".encode("utf-16-le")
    tail = struct.pack("<BB", 0, 0) + bytes([len(title) // 2, 1]) + title
    place = len(head) + 4 + 4 + len(tail) + 4
    head += _record(0x0085, struct.pack("<I", place) + tail) + _record(0x000A, b"")
    sheet = _record(0x0809, sheet_version) + b"".join(cells) + _record(0x000A, b"")
    return ole({"Workbook": head + sheet})


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
