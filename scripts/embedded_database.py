"""The SQLite file of `make run`: is it fit for use?"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from scripts.console import Refusal

ADVICE = "Move it away to start with an empty database."


def ensure_usable(path: Path) -> None:
    """Refuse a database file that is broken or not ours to write.

    A missing or an empty file is fine: the migrations fill it.
    """
    if not path.exists():
        return
    if not path.is_file():
        raise Refusal(f"The database {path} is not a file. {ADVICE}")
    if not os.access(path, os.R_OK | os.W_OK):
        raise Refusal(f"The database file {path} may not be read and written.")
    problem = _problem(path)
    if problem:
        raise Refusal(f"The database file {path} is broken ({problem}). {ADVICE}")


def _problem(path: Path) -> str | None:
    """What SQLite says about the file, or None when it is sound."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as database:
            [(answer,)] = database.execute("PRAGMA quick_check(1)").fetchall()
    except (sqlite3.Error, ValueError) as error:
        return str(error)
    return None if answer == "ok" else " ".join(answer.split())
