"""Databases with all tables, made once for all programs of a test run, to be copied.

Migrations take a core a quarter of a minute; a run needs some ten databases.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.clean_environment import tests_environment
from scripts.console import Refusal, say
from scripts.layout import PYTHON, ROOT
from scripts.private_postgres import create_database

NAME = "portal_migrated"
SQLITE_FILE, POSTGRES_NAME = "TEST_MIGRATED_FILE", "TEST_MIGRATED_DATABASE"


@contextmanager
def migrated_databases(servers: dict[str, str]) -> Iterator[dict[str, str]]:
    """Make both side by side; yields the environment that names them."""
    with tempfile.TemporaryDirectory(prefix="portal-migrated-") as folder:
        file = Path(folder) / "migrated.sqlite3"
        server = servers["TEST_POSTGRES_URL"]
        create_database(server, NAME)
        say("\n== Migrating a database of each kind")
        urls = [f"sqlite:///{file}", f"{server.rpartition('/')[0]}/{NAME}"]
        started = [_migrate(url, servers) for url in urls]
        codes = [program.wait() for program in started]
        if any(codes):
            raise Refusal("The migrations failed.")
        yield {SQLITE_FILE: str(file), POSTGRES_NAME: NAME}


def _migrate(url: str, servers: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [
            "sh",
            "-c",
            '"$0" manage.py migrate -v0 && "$0" manage.py createcachetable',
            PYTHON,
        ],
        cwd=ROOT,
        env=tests_environment(**servers, DATABASE_URL=url),
        stdin=subprocess.DEVNULL,
    )
