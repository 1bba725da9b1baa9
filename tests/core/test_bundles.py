"""One style sheet and one script of ours for every page."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AutocompleteSelect,
)
from django.contrib.staticfiles import finders
from django.core.files.storage import InMemoryStorage

from core.bundles import BundleFinder, joined, parts_of

STATIC = Path(settings.BASE_DIR) / "static"
# Django's scripts for filling one field from others, which no register asks for.
NOT_NEEDED = {
    "admin/js/urlify.js",
    "admin/js/prepopulate.js",
    "admin/js/vendor/xregexp/xregexp.min.js",
}


def test_bundles_hold_every_style_and_script_of_ours():
    parts = {part for name in settings.STATIC_BUNDLES for part in parts_of(name)}
    ours = {
        str(path.relative_to(STATIC))
        for folder in ("css", "js")
        for path in (STATIC / folder).iterdir()
    }

    assert ours - parts == set()


def test_bundle_is_found_with_its_parts_in_order():
    text = Path(finders.find("bundles/portal.css")).read_text("utf-8")

    places = [text.index(start) for start in (":root", "body {", ".badge", "@page")]
    assert places == sorted(places)


def test_bundles_are_collected_whole():
    collected = dict(BundleFinder().list(None))

    with collected["bundles/portal.js"].open("bundles/portal.js") as file:
        assert file.read().decode() == joined("bundles/portal.js")
    assert isinstance(collected["bundles/portal.css"], InMemoryStorage)


def test_scripts_stand_in_functions_of_their_own():
    parts = len(settings.STATIC_BUNDLES["bundles/portal.js"])

    assert (
        len(re.findall(r"^\(\(\) => \{$", joined("bundles/portal.js"), re.M)) == parts
    )


def test_scripts_that_share_names_stand_in_one_function(settings):
    together = ("js/copy.js", "js/share.js")
    settings.STATIC_BUNDLES = {"a.js": ["js/letters.js", together]}

    text = joined("a.js")

    assert len(re.findall(r"^\(\(\) => \{$", text, re.M)) == 2
    assert parts_of("a.js") == ["js/letters.js", *together]


@pytest.mark.parametrize("page", admin.site._registry.values(), ids=str)
def test_bundle_of_the_admin_holds_what_a_register_asks_for(page):
    parts = parts_of("bundles/admin.css") + parts_of("bundles/admin.js")
    inlines = [inline(page.model, admin.site) for inline in page.inlines]

    asked = [name for each in (page, *inlines) for name in files_of(each.media)]

    assert set(asked) - set(parts) - NOT_NEEDED == set()
    assert not page.prepopulated_fields


@pytest.mark.parametrize(
    "widget",
    [AdminSplitDateTime(), AutocompleteSelect(None, admin.site)],
    ids=["day and time", "search"],
)
def test_bundle_of_the_admin_holds_what_a_field_asks_for(widget):
    parts = parts_of("bundles/admin.css") + parts_of("bundles/admin.js")

    assert set(files_of(widget.media)) - set(parts) == set()


def files_of(media: forms.Media) -> list[str]:
    styles = [name for names in media._css.values() for name in names]
    return [str(name) for name in [*media._js, *styles]]


def test_missing_part_is_an_error_of_the_checks(settings):
    settings.STATIC_BUNDLES = {"a.css": ["css/tokens.css", "css/nowhere.css"]}

    errors = BundleFinder().check()

    assert [error.msg for error in errors] == [
        "STATIC_BUNDLES names css/nowhere.css, which is not there."
    ]


def test_missing_part_is_never_left_out(settings):
    settings.STATIC_BUNDLES = {"a.css": ["css/tokens.css", "css/nowhere.css"]}

    with pytest.raises(FileNotFoundError, match="nowhere"):
        finders.find("a.css")


@pytest.mark.parametrize("bundle", ["bundles/portal.css", "bundles/admin.css"])
def test_pictures_of_the_style_sheet_lie_where_it_looks(bundle):
    named = re.findall(r"""url\(["']?([^"')]+)["']?\)""", joined(bundle))
    pictures = [name for name in named if not name.startswith("data:")]

    missing = [
        name
        for name in pictures
        if not finders.find(f"bundles/{name}".replace("bundles/../", ""))
    ]

    assert (bool(pictures), missing) == (True, [])
