"""`make guide`: take the pictures of docs/guide anew.

Starts a portal of its own with the demonstration data, or takes a running one:
make guide ARGS="--url http://127.0.0.1:8000 --password ... --only unit,front"
A picture that looks as before is left as it is; `--fresh` writes all of them.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace

from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import Browser, Error, Page

from scripts.guide_list import DESK, FRONT, PICTURES, Picture
from scripts.layout import ROOT
from scripts.shots import PICTURES as DECODED
from tests.live.browser import Person, chromium
from tests.live.stack import PASSWORD, embedded_stack

FOLDER = ROOT / "docs" / "guide" / "img"
SHARPER = 1.25  # a telephone's 360 px become 450
MOST_BYTES = 60_000
QUALITIES = (80, 72, 64, 56, 48, 40)
GAP, SIDE = 12, 24
SIDES = """() => {
  const page = document.querySelector("main .page:not(.messages)");
  const box = (page ?? document.body).getBoundingClientRect();
  return [box.left, box.right];
}"""
# As the eye would: a later date does not count, another word or line does.
DIFFERENT, SEEN = 40, 0.004

PAPER, RULE, INK = "#faf8f3", "#e1dacd", "#24211d"
CANVAS, DESK_AT, PHONE_AT = (1280, 720), (48, 60), (922, 54)
DESK_SIZE, PHONE_SIZE = (960, 600), (290, 612)


def main() -> int:
    """Take what was asked for; 1 when a page was not reached."""
    options = parse_options()
    if options.url:
        return take(options.url, options)
    with (
        tempfile.TemporaryDirectory() as folder,
        embedded_stack(Path(folder)) as stack,
    ):
        options.password = PASSWORD
        return take(stack.url, options)


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Take the pictures of the guide.")
    parser.add_argument("--url", help="a running portal with the demonstration data")
    parser.add_argument("--password", default=PASSWORD, help="of its sign-ins")
    parser.add_argument("--only", default="", help="names that hold it, or one of A,B")
    parser.add_argument(
        "--fresh", action="store_true", help="write unchanged ones, too"
    )
    return parser.parse_args()


def take(url: str, options: argparse.Namespace) -> int:
    """Photograph, shrink and keep; tell of each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    words, missed, parts = options.only.split(","), 0, []
    with chromium() as browser:
        for picture, shot in photograph(browser, url, options.password, words):
            missed += shot is None
            if shot is None:
                print(f"{picture.name:<24}not reached", flush=True)
            elif picture in FRONT:
                parts.append(shot)
            else:
                keep(picture.name, shot, fresh=options.fresh)
    if len(parts) == len(FRONT):
        keep("front", composed(*parts), fresh=options.fresh)
    total = sum(file.stat().st_size for file in FOLDER.glob("*.webp"))
    print(f"{total // 1000} kB in {FOLDER}")
    return 1 if missed else 0


def photograph(
    browser: Browser, url: str, password: str, words: list[str]
) -> Iterator[tuple[Picture, Image.Image | None]]:
    """Every chosen picture; one window for those a role sees at one width."""
    chosen = [
        picture
        for picture in (*PICTURES, *FRONT)
        if any(word in picture.name for word in words)
    ]
    for (role, size), group in groupby(chosen, lambda one: (one.role, one.size)):
        person = sit_down(browser, url, role, size)
        if role != "visitor":
            person.sign_in(role, password)
        for picture in group:
            yield picture, shot_of(person.page, picture)
        person.context.close()


def sit_down(browser: Browser, url: str, role: str, size: tuple[int, int]) -> Person:
    """Somebody at a screen, on a telephone a sharper one."""
    scale = 1 if size == DESK else SHARPER
    screens = SimpleNamespace(
        new_context=partial(browser.new_context, device_scale_factor=scale)
    )
    window = {"width": size[0], "height": size[1]}
    return Person(screens, url, role, window, FOLDER)


def shot_of(page: Page, picture: Picture) -> Image.Image | None:
    """Go there and look; None when a step could not be taken."""
    try:
        page.set_viewport_size(picture.window)
        page.goto(picture.path)
        page.wait_for_load_state("networkidle")
        for step in picture.steps:
            step(page)
        if picture.top:
            show_from(page, picture.top)
        page.evaluate(DECODED)
    except Error as error:
        print(str(error).splitlines()[0])
        return None
    image = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    return image.crop(narrowed(page, image)) if picture.top else image


def narrowed(page: Page, image: Image.Image) -> tuple[int, int, int, int]:
    """The part of a wide picture that a narrow page fills."""
    left, right = page.evaluate(SIDES)
    if right - left > 0.8 * image.width or image.width < DESK[0]:
        return (0, 0, *image.size)
    return (int(left) - SIDE, 0, int(right) + SIDE, image.height)


def show_from(page: Page, selector: str) -> None:
    """Scroll until the first of these lies a little below the upper edge."""
    page.locator(selector).first.evaluate(
        "(one, gap) => window.scrollBy(0, one.getBoundingClientRect().top - gap)", GAP
    )


def composed(desk: Image.Image, phone: Image.Image) -> Image.Image:
    """The front page on the desk beside a shift on a telephone, on paper."""
    canvas = Image.new("RGB", CANVAS, PAPER)
    draw = ImageDraw.Draw(canvas)
    for image, place, size in (
        (desk, DESK_AT, DESK_SIZE),
        (phone, PHONE_AT, PHONE_SIZE),
    ):
        image = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        far = (place[0] + size[0], place[1] + size[1])
        if place == PHONE_AT:  # a dark rim around the glass
            rim = [place[0] - 7, place[1] - 7, far[0] + 6, far[1] + 6]
            draw.rounded_rectangle(rim, radius=16, fill=INK)
        else:
            draw.rectangle([place[0] - 1, place[1] - 1, *far], outline=RULE)
        canvas.paste(image, place)
    return canvas


def keep(name: str, image: Image.Image, *, fresh: bool) -> None:
    """Write it, small enough, unless the one there looks the same."""
    file, data = FOLDER / f"{name}.webp", encoded(image.convert("RGB"))
    same = file.exists() and looks_like(file, data)
    if fresh or not same:
        file.write_bytes(data)
    told = "as before" if same and not fresh else f"{len(data) // 1000} kB"
    print(f"{name:<24}{told}", flush=True)


def encoded(image: Image.Image) -> bytes:
    """As WebP, in the best quality that stays below the limit."""
    for quality in QUALITIES:
        stream = io.BytesIO()
        image.save(stream, "WEBP", quality=quality, method=6)
        if stream.tell() <= MOST_BYTES:
            break
    return stream.getvalue()


def looks_like(file: Path, data: bytes) -> bool:
    """Whether hardly a point of the kept picture differs from the new one."""
    with Image.open(file) as kept, Image.open(io.BytesIO(data)) as new:
        if kept.size != new.size:
            return False
        apart = ImageChops.difference(kept.convert("L"), new.convert("L"))
    differing = sum(apart.histogram()[DIFFERENT:])
    return differing <= SEEN * apart.width * apart.height


if __name__ == "__main__":
    sys.exit(main())
