"""Draws the icons of the home screen from static/img/mark.svg, by Chromium.

Run once after the mark changed: .venv/bin/python -m scripts.draw_icons
"""

import io
import re

from PIL import Image
from playwright.sync_api import Page

from scripts.layout import ROOT
from tests.live.browser import chromium

IMAGES = ROOT / "static" / "img"
# Name to side in pixels and room around the mark, in units of its 40: what a
# telephone cuts to a circle keeps the middle four fifths.
ICONS = {
    "icon-192": (192, 0),
    "icon-512": (512, 0),
    "icon-maskable-512": (512, 10),
    "apple-touch-icon": (180, 3),
}
COLOURS = 24
FAST_OCTREE = Image.Quantize.FASTOCTREE


def main() -> None:
    """Write every icon anew."""
    mark = (IMAGES / "mark.svg").read_text(encoding="utf-8")
    with chromium() as browser:
        page = browser.new_page()
        for name, (side, room) in ICONS.items():
            path = IMAGES / "icons" / f"{name}.png"
            path.write_bytes(_small(_drawn(page, _with_room(mark, side, room), side)))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


def _with_room(mark: str, side: int, room: int) -> str:
    """The mark in this size; with room, on a ground of its own cinnabar."""
    edge = 40 + 2 * room
    size = f'viewBox="{-room} {-room} {edge} {edge}" width="{side}" height="{side}"'
    mark = re.sub(r'viewBox="[^"]+" width="\d+" height="\d+"', size, mark, count=1)
    if not room:
        return mark
    colour = re.search(r'fill="(#\w{6})"', mark)[1]
    ground = f'<path fill="{colour}" d="M{-room} {-room}h{edge}v{edge}h{-edge}z"/>'
    return re.sub(r"(<svg[^>]*>)", rf"\1{ground}", mark, count=1)


def _drawn(page: Page, drawing: str, side: int) -> bytes:
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
    return page.screenshot(omit_background=True)


def _small(picture: bytes) -> bytes:
    """The same picture in few colours."""
    image = Image.open(io.BytesIO(picture)).quantize(COLOURS, method=FAST_OCTREE)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


if __name__ == "__main__":
    main()
