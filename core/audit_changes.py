"""What a change made of the values before: for the log, without personal data."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from core.phones import mask_phone

SHORTEST_PHONE = 8
# Short texts that never name a person; a model adds its own in `audit_shown`.
SHOWN_TEXTS = frozenset(
    {"code", "measure", "number", "official_name", "place", "title", "unit_name"}
)
# Fields of any kind that are about a person.
PERSONAL = ("birth", "contact", "guardian", "mail", "person", "phone", "resident")

Changes = dict[str, list[Any] | None]


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], *, masked: Collection[str] = ()
) -> Changes:
    """{"field": [before, after]} for the values that differ.

    A masked one says only that it changed (None); a telephone number keeps the digits
    that may be shown.
    """
    return {
        name: _pair(name, before.get(name), value, name in masked)
        for name, value in after.items()
        if before.get(name) != value
    }


def edits(
    row: models.Model, values: Mapping[str, Any], *, masked: Collection[str] = ()
) -> Changes | None:
    """The changes the values would make to a row; call it before they are set.

    Kept are dates, figures, choices, links to what is no person, and the short texts
    known to name nobody; of everything else the line says only that it changed, by
    its `fields`. None without any.
    """
    shown = [name for name in values if name not in masked and _is_shown(row, name)]
    found = changes(
        {name: getattr(row, name) for name in shown},
        {name: values[name] for name in shown},
    )
    return {name: _plain_pair(pair) for name, pair in found.items()} or None


def stored_edits(
    row: models.Model, names: Collection[str], *, masked: Collection[str] = ()
) -> Changes | None:
    """Like `edits`, for a row a form has already filled; asks for the stored one."""
    stored = type(row)._base_manager.get(pk=row.pk)
    columns = {field.name for field in row._meta.concrete_fields}
    values = {name: getattr(row, name) for name in names if name in columns}
    return edits(stored, values, masked=masked)


def _pair(name: str, before: Any, after: Any, is_masked: bool) -> list[Any] | None:
    if "phone" in name:
        return [_phone(before), _phone(after)]
    return None if is_masked else [before, after]


def _phone(value: Any) -> str:
    text = str(value or "")
    return mask_phone(text) if len(text) >= SHORTEST_PHONE else "****" * bool(text)


def _plain_pair(pair: list[Any]) -> list[Any]:
    # A linked record by its name: the line outlives it.
    return [str(value) if isinstance(value, models.Model) else value for value in pair]


def _is_shown(row: models.Model, name: str) -> bool:
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if any(word in name for word in PERSONAL):
        return False
    if field.is_relation:
        return field.many_to_one and not _is_person(field.related_model)
    if isinstance(field, models.FileField | models.JSONField):
        return False
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        return name in SHOWN_TEXTS or name in getattr(row, "audit_shown", ())
    return True


def _is_person(model: type[models.Model]) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return bool(names & {"password", "user", "holder", "birth_on"})
