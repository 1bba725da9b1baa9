import pytest

from xiangcheng_portal.management.commands.prepare_embedded import (
    collect_changed_static_files,
)


@pytest.fixture
def stylesheet(settings, tmp_path):
    """The only source of static files, beside those of the apps."""
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.STATIC_ROOT = str(tmp_path / "collected")
    (source / "portal.css").write_text("a {}")
    return source / "portal.css"


def test_collect_changed_static_files_first_time_collects(stylesheet, tmp_path):
    assert collect_changed_static_files()
    assert (tmp_path / "collected" / "portal.css").read_text() == "a {}"


def test_collect_changed_static_files_unchanged_does_nothing(stylesheet):
    collect_changed_static_files()

    assert not collect_changed_static_files()


def test_collect_changed_static_files_changed_file_collects(stylesheet, tmp_path):
    collect_changed_static_files()
    stylesheet.write_text("b { color: red }")

    assert collect_changed_static_files()
    assert "red" in (tmp_path / "collected" / "portal.css").read_text()


@pytest.fixture
def bundle(stylesheet, settings):
    """The style sheet joined with another one into a bundle."""
    (stylesheet.parent / "print.css").write_text("i {}")
    settings.STATICFILES_FINDERS = [
        *settings.STATICFILES_FINDERS,
        "core.bundles.BundleFinder",
    ]
    settings.STATIC_BUNDLES = {"all.css": ["portal.css", "print.css"]}
    return stylesheet


def test_collect_changed_static_files_changed_part_joins_anew(bundle, tmp_path):
    collect_changed_static_files()
    bundle.write_text("b {}")

    assert collect_changed_static_files()
    assert (tmp_path / "collected" / "all.css").read_text() == "b {}\ni {}"


def test_collect_changed_static_files_other_order_joins_anew(
    bundle, settings, tmp_path
):
    collect_changed_static_files()
    settings.STATIC_BUNDLES = {"all.css": ["print.css", "portal.css"]}

    assert collect_changed_static_files()
    assert (tmp_path / "collected" / "all.css").read_text() == "i {}\na {}"


def test_collect_changed_static_files_same_bundles_does_nothing(bundle):
    collect_changed_static_files()

    assert not collect_changed_static_files()
