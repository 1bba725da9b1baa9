import sqlite3
from contextlib import closing

import pytest

from scripts.console import Refusal
from scripts.embedded_database import ensure_usable


@pytest.fixture
def database(tmp_path):
    """A sound database in WAL mode with a few hundred pages."""
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE note (text)")
        rows = [("x" * 1000,)] * 1000
        connection.executemany("INSERT INTO note VALUES (?)", rows)
        connection.commit()
    return path


def test_ensure_usable_missing_file_accepted(tmp_path):
    ensure_usable(tmp_path / "portal.sqlite3")

    assert list(tmp_path.iterdir()) == []


def test_ensure_usable_empty_file_accepted(tmp_path):
    (tmp_path / "portal.sqlite3").touch()

    ensure_usable(tmp_path / "portal.sqlite3")


def test_ensure_usable_sound_database_accepted_unchanged(database):
    before = database.read_bytes()

    ensure_usable(database)

    assert database.read_bytes() == before


def test_ensure_usable_other_file_refused(tmp_path):
    path = tmp_path / "portal.sqlite3"
    path.write_text("no database at all, " * 100)

    with pytest.raises(Refusal, match=f"{path} is broken .*not a database"):
        ensure_usable(path)


def test_ensure_usable_cut_off_database_refused(database):
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 2])

    with pytest.raises(Refusal, match="is broken"):
        ensure_usable(database)


def test_ensure_usable_overwritten_pages_refused(database):
    with open(database, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)

    with pytest.raises(Refusal, match="is broken") as refusal:
        ensure_usable(database)

    assert "\n" not in str(refusal.value)


def test_ensure_usable_folder_refused(tmp_path):
    with pytest.raises(Refusal, match="is not a file"):
        ensure_usable(tmp_path)
