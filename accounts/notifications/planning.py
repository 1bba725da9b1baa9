"""Reminders to many people, written by one statement of the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, models

from accounts.models import Notification
from accounts.notifications import BELL
from accounts.notifications.kinds import kind_of
from core.doorbell import ring

# Texts in one statement: with their columns far below what databases take.
CHUNK = 500
OutboxState = Notification.OutboxState


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said about one thing, to everybody it concerns.

    Who came after `due_at` is not told. A stale one is counted, never shown.
    """

    title: str
    body: str
    path: str
    slot: str
    due_at: datetime
    expires_at: datetime | None = None
    state: str = OutboxState.DUE


# Columns that differ with the thing spoken of; the others are the same for all.
_SAID = (
    *("slot", "title", "body", "path", "due_at", "expires_at"),
    *("read_at", "is_shown", "outbox_state"),
)
_KEY = models.BigIntegerField()
_PICKED = {"recipient": "recipient_id", "object_id": "object_id"}


def notify_selected(
    *,
    kind: str,
    object_type: str,
    rows: models.QuerySet,
    said: Mapping[int, Said],
    now: datetime,
) -> int:
    """Write a message for each of `rows`, in the caller's transaction.

    `rows` gives four values: the person, the number of the object, the key in `said`,
    and since when the person is concerned. A message already said is not said again.
    Returns how many were written. Raises LookupError for a kind nobody registered.
    """
    same = {
        "kind": kind_of(kind).code,
        "object_type": object_type,
        "created_at": now,
    }
    written = sum(_insert(rows, part, same, now) for part in _parts(said))
    if written and any(one.state == OutboxState.DUE for one in said.values()):
        ring(BELL)
    return written


def _parts(said: Mapping[int, Said]) -> Iterator[list[tuple[int, Said]]]:
    rest = iter(said.items())
    while part := list(islice(rest, CHUNK)):
        yield part


def _insert(
    rows: models.QuerySet,
    said: Sequence[tuple[int, Said]],
    same: Mapping[str, object],
    now: datetime,
) -> int:
    """INSERT … SELECT … ON CONFLICT DO NOTHING; returns how many rows are new."""
    meta = Notification._meta
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    told = [meta.get_field(name) for name in _SAID]
    values = [[key, *_values(one, told, now)] for key, one in said]
    picked, parameters = rows.order_by().query.sql_with_params()
    chosen = [_chosen(field, same) for field in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    told_names = ", ".join(quote(field.column) for field in told)
    line = ", ".join(_place(field) for field in (_KEY, *told))
    # The CTEs stand after INSERT: a statement that begins with WITH has no rowcount
    # on SQLite. WHERE keeps its parser from taking ON CONFLICT for the join's.
    sql = (
        f"INSERT INTO {quote(meta.db_table)} ({names}) "  # noqa: S608 only our names
        f"WITH picked (recipient_id, object_id, key, since) AS ({picked}), "
        f"said (key, {told_names}) AS (VALUES {', '.join([f'({line})'] * len(said))}) "
        f"SELECT {', '.join(sql for sql, _values in chosen)} "
        "FROM picked JOIN said ON said.key = picked.key "
        f"WHERE picked.since <= said.{quote('due_at')} "
        "ORDER BY picked.recipient_id, picked.object_id ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [
                *parameters,
                *(value for row in values for value in row),
                *(value for _sql, values in chosen for value in values),
            ],
        )
        return cursor.rowcount


def _values(
    said: Said, fields: Sequence[models.Field], now: datetime
) -> Iterator[object]:
    """What is said, as the columns of `fields` store it."""
    is_stale = said.state == OutboxState.STALE
    values = {
        **vars(said),
        "title": said.title[:120],
        "outbox_state": said.state,
        "is_shown": not is_stale,
        "read_at": now if is_stale else None,
    }
    return (_stored(field, values[field.name]) for field in fields)


def _chosen(
    field: models.Field, same: Mapping[str, object]
) -> tuple[str, list[object]]:
    """What the SELECT gives for a column, with its parameters.

    A field nobody thought of here gets its default.
    """
    if field.name in _PICKED:
        return f"picked.{_PICKED[field.name]}", []
    if field.name in _SAID:
        return f"said.{connection.ops.quote_name(field.column)}", []
    value = same.get(field.name, field.get_default())
    return _place(field), [_stored(field, value)]


def _stored(field: models.Field, value: object) -> object:
    return field.get_db_prep_save(value, connection)


def _place(field: models.Field) -> str:
    """A parameter's place; PostgreSQL wants to know its type, SQLite has none."""
    if connection.vendor == "postgresql":
        return f"CAST(%s AS {field.cast_db_type(connection)})"
    return "%s"
