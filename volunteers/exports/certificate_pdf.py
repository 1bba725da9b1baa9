"""The certificate on paper: A4, to be framed; the list of services behind it."""

from collections import Counter
from datetime import date
from typing import NamedTuple

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from volunteers.exports.pdf_parts import drawing, pdf_of
from volunteers.models import Certificate

LINES_IN_FRONT = 6  # more stand on sheets behind, and the front sums them up
ORGANIZATIONS_IN_FRONT = 6


class Sum(NamedTuple):
    """What one organisation recorded."""

    organization: str
    times: int
    minutes: int


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as a PDF with its fonts inside.

    One that is valid no more says so across each page. Raises PdfMissing.
    Source: PRODUCT section 4 (民政部令第67号 art. 14-15).
    """
    return pdf_of(certificate_html(certificate))


def certificate_html(certificate: Certificate) -> str:
    """The page the PDF is made from."""
    lines = [
        {**line, "day": date.fromisoformat(line["day"])} for line in certificate.lines
    ]
    sums = _sums(certificate)
    address = f"{settings.SITE_URL}{certificate.get_absolute_url()}"
    context = {
        "certificate": certificate,
        "lines": lines,
        "is_short": len(lines) <= LINES_IN_FRONT,
        "sums": sums[:ORGANIZATIONS_IN_FRONT],
        "sums_left": len(sums[ORGANIZATIONS_IN_FRONT:]),
        "qr": _qr(address),
        "host": settings.SITE_URL.partition("://")[2],
        "frame": drawing("certificate_frame.svg"),
        "mark": drawing("mark.svg"),
        "street": drawing("qilou.svg"),
    }
    return render_to_string("volunteers/papers/certificate.html", context)


def _sums(certificate: Certificate) -> list[Sum]:
    """What each organisation recorded, the most first."""
    times: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for line in certificate.lines:
        times[line["organization"]] += 1
        minutes[line["organization"]] += line["minutes"]
    return [Sum(name, times[name], total) for name, total in minutes.most_common()]


def _qr(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    # Made of the portal's own address and a number: no text of anybody is in it.
    return mark_safe(code.svg_inline(border=0, dark="#24211d"))  # noqa: S308
