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
