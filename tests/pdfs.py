"""Makers of PDF files as people and attackers send them."""

import zlib
from collections.abc import Sequence

CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>"


def pdf(
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    more: Sequence[bytes] = (),
    pages: int = 1,
    trailer: bytes = b"",
    behind: bytes = b"\n",
) -> bytes:
    """A PDF with a plain table of objects; `more` are numbered from 3 + pages."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    objects = [
        CATALOG % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        *[PAGE % page] * pages,
        *more,
    ]
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
        + b"startxref\n%d\n%%%%EOF" % len(content)
        + behind
    )


def stream(body: bytes, head: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), head, body)


def packed(body: bytes, head: bytes = b"") -> bytes:
    return stream(zlib.compress(body, 9), b"/Filter /FlateDecode " + head)


def pdf_with_object_stream(
    *, catalog: bytes = b"", padding: bytes = b"", head: bytes = b""
) -> bytes:
    """A PDF whose catalogue lies packed in a stream, as Office programs write it."""
    inside = [
        CATALOG % catalog,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE % b"",
    ]
    offsets, place = [], 0
    for number, body in enumerate(inside, 1):
        offsets.append(b"%d %d" % (number, place))
        place += len(body) + 1
    index = b" ".join(offsets) + b" "
    body = index + b"\n".join(inside) + padding
    head = b"/Type /ObjStm /N 3 /First %d %s" % (len(index), head)
    content = b"%PDF-1.7\n"
    at_objects = len(content)
    content += b"4 0 obj\n%s\nendobj\n" % packed(body, head)
    at_table = len(content)
    rows = [(0, 0, 255), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, at_objects, 0)]
    rows.append((1, at_table, 0))
    table = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + bytes([last])
        for kind, where, last in rows
    )
    head = b"/Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R"
    content += b"5 0 obj\n%s\nendobj\n" % packed(table, head)
    return content + b"startxref\n%d\n%%%%EOF\n" % at_table


def pdf_with_table_bomb() -> bytes:
    """A table of contents that unpacks to 100 MB."""
    compressor = zlib.compressobj(9)
    zeros = bytes(1024 * 1024)
    body = b"".join(compressor.compress(zeros) for _ in range(100)) + compressor.flush()
    size = 100 * 1024 * 1024 // 6
    head = b"/Filter /FlateDecode /Type /XRef /Size %d /W [1 4 1] /Root 1 0 R" % size
    content = b"%PDF-1.7\n1 0 obj\n" + stream(body, head) + b"\nendobj\n"
    return content + b"startxref\n9\n%%EOF\n"
