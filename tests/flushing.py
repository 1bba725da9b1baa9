"""Emptying the database after a test that commits."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection


def empty_only_what_is_full() -> None:
    """Let PostgreSQL delete rows instead of making every table anew.

    That takes it a third of a second after each test that commits, however little
    that was. The first time stays as it is: it takes away what others rolled back.
    """
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = partial(_delete_rows, [connection.ops.sql_flush])
    else:
        connection.ops.sql_flush = partial(_without_triggers, connection.ops.sql_flush)


def _delete_rows(
    first: list[Callable], style: Any, tables: list[str], **options: Any
) -> list[str]:
    if first:
        return _unguarded(first.pop()(style, tables, **options))
    names = {table: connection.ops.quote_name(table) for table in tables}
    looks = [
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})"
        for table, name in names.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        full = [table for (table,) in cursor.fetchall()]
    return _unguarded([f"DELETE FROM {names[table]};" for table in full])


def _unguarded(statements: list[str]) -> list[str]:
    # For this transaction: PostgreSQL refuses to empty the audit log.
    return ["SET LOCAL session_replication_role = replica;", *statements]


def _without_triggers(flush: Callable, *args: Any, **options: Any) -> list[str]:
    """SQLite knows no such switch: its triggers are dropped and made again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    drops = [f"DROP TRIGGER {name};" for name, _made in triggers]
    return [*drops, *flush(*args, **options), *(made for _name, made in triggers)]
