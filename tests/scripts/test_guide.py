"""The guide: its pictures are there and light, its words are those of the portal."""

import re
from functools import cache

import pytest
from PIL import Image

from scripts.guide_list import FRONT, PICTURES
from scripts.guide_shots import FOLDER, MOST_BYTES, encoded, looks_like
from scripts.layout import ROOT

GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
MOST_IN_ALL, HIGHEST, MOST_LINES = 1_600_000, 900, 120
APPS = ("accounts", "campaigns", "communities", "core", "reports", "volunteers")
IMAGE = re.compile(r"img/([\w-]+)\.webp")
LABEL = re.compile(r"\*\*([^*]*[\u4e00-\u9fff][^*]*)\*\*")
LINK = re.compile(r"\]\(([\w./-]+\.md)\)")


def _named() -> set[str]:
    texts = [page.read_text() for page in (*PAGES, ROOT / "README.md")]
    return {name for text in texts for name in IMAGE.findall(text)}


@cache
def _sources() -> str:
    """All that people can read: templates and code, without tests and scripts."""
    files = [*(ROOT / "templates").rglob("*.html")]
    for app in (*APPS, "xiangcheng_portal"):
        files += (ROOT / app).rglob("*.py")
    return "\n".join(file.read_text() for file in files)


def test_guide_has_a_page_for_each_role():
    linked = LINK.findall((GUIDE / "README.md").read_text())
    missing = [page.name for page in PAGES if page.name not in (*linked, "README.md")]
    assert missing == []
    assert len(PAGES) == 11


def test_guide_names_only_pictures_that_are_there_and_all_of_them():
    assert _named() == {file.stem for file in FOLDER.glob("*")}


def test_guide_command_takes_every_picture_the_guide_names():
    assert _named() == {picture.name for picture in PICTURES} | {"front"}
    assert len(FRONT) == 2


def test_guide_pictures_are_light():
    files = list(FOLDER.glob("*.webp"))
    assert [file.name for file in files if file.stat().st_size > MOST_BYTES] == []
    assert sum(file.stat().st_size for file in files) <= MOST_IN_ALL


@pytest.mark.parametrize("name", sorted(_named()))
def test_guide_picture_is_no_higher_than_a_screen(name):
    with Image.open(FOLDER / f"{name}.webp") as image:
        assert image.format == "WEBP"
        assert image.height <= HIGHEST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_guide_quotes_the_words_that_stand_on_the_screen(page):
    labels = LABEL.findall(page.read_text())
    assert labels
    assert [label for label in labels if label not in _sources()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_guide_page_is_short_and_its_links_lead_somewhere(page):
    text = page.read_text()
    assert len(text.splitlines()) <= MOST_LINES
    lost = [path for path in LINK.findall(text) if not (GUIDE / path).exists()]
    assert lost == []


def test_guide_keeps_a_picture_that_looks_as_before(tmp_path):
    paper = Image.new("RGB", (200, 100), "#faf8f3")
    file = tmp_path / "before.webp"
    file.write_bytes(encoded(paper))
    changed = paper.copy()
    changed.paste("#24211d", (20, 20, 60, 40))
    assert looks_like(file, encoded(paper))
    assert not looks_like(file, encoded(changed))
    assert not looks_like(file, encoded(paper.crop((0, 0, 200, 90))))
