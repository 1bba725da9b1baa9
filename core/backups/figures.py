"""What a manifest tells of a database: rows, migrations, the end of the audit log."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from core.backups.manifest import Manifest
from core.models import AuditSeal

Query = Callable[[str], list[tuple]]
TABLES = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ),
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def tables_of(query: Query, vendor: str) -> list[str]:
    """The names of a database's tables."""
    return sorted(name for (name,) in query(TABLES[vendor]))


def note_figures(manifest: Manifest, query: Query) -> None:
    """Write into the manifest what `query` finds in the database."""
    names = tables_of(query, manifest.vendor)
    manifest.rows = {name: count_rows(query, name) for name in names}
    found = query("SELECT app, name FROM django_migrations ORDER BY app, name")
    manifest.migrations = [f"{app}.{name}" for app, name in found]
    seals = connection.ops.quote_name(AuditSeal._meta.db_table)
    newest = query(
        f"SELECT position, digest FROM {seals} "  # noqa: S608 - a table of ours
        "ORDER BY position DESC LIMIT 1"
    )
    position, digest = newest[0] if newest else (0, "")
    manifest.audit = {"position": position, "digest": digest}


def count_rows(query: Query, table: str) -> int:
    """How many rows a table has."""
    name = connection.ops.quote_name(table)
    ((count,),) = query(f"SELECT count(*) FROM {name}")  # noqa: S608 - quoted
    return count


def portal_version() -> str:
    """The version that pyproject.toml names."""
    with open(Path(settings.BASE_DIR, "pyproject.toml"), "rb") as file:
        return tomllib.load(file)["project"]["version"]
