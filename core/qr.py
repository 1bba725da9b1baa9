"""QR codes as pictures inside a page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """A QR code of the text as an SVG element that grows with its place.

    Black on white with the quiet border, whatever stands around it: readers need it.
    """
    code = segno.make(text, error="m", micro=False)
    return mark_safe(  # noqa: S308 - segno draws modules only, no text gets through
        code.svg_inline(
            border=4,
            omitsize=True,
            svgclass="qr",
            lineclass=None,
            dark="#000",
            light="#fff",
        )
    )
