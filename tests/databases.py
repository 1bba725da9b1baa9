"""Copies of the databases that `make test` has migrated before.

A test run by hand has none: then each database is migrated where it is needed.
"""

import contextlib
import os
import sqlite3
from pathlib import Path

from django.db import connection
from psycopg2 import connect
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, parse_dsn

from scripts.migrated_databases import POSTGRES_NAME, SQLITE_FILE

MIGRATED_FILE = os.environ.get(SQLITE_FILE, "")
MIGRATED_DATABASE = os.environ.get(POSTGRES_NAME, "")


def copy_for_tests() -> bool:
    """Put a copy where Django looks for the database of the tests; whether it did."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite" and MIGRATED_FILE:
        copy_file(MIGRATED_FILE, Path(name))
        return True
    if connection.vendor == "postgresql" and MIGRATED_DATABASE:
        copy_database(os.environ["TEST_POSTGRES_URL"], MIGRATED_DATABASE, name)
        return True
    return False


def copy_file(migrated: str, path: Path) -> None:
    """Copy an SQLite database, whoever has it open."""
    with contextlib.closing(sqlite3.connect(migrated)) as database:
        database.execute("VACUUM INTO ?", [str(path)])


def copy_database(server: str, migrated: str, name: str) -> None:
    """Copy a database within a PostgreSQL server; nobody may be connected to it."""
    on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')


def on_server(url: str, statement: str) -> None:
    """Run a statement that takes no transaction."""
    connected = connect(**parse_dsn(url))
    connected.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    with contextlib.closing(connected), connected.cursor() as cursor:
        cursor.execute(statement)
