"""Writing and reading the audit log."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import models

from core.audit_changes import changes, edits, stored_edits
from core.origins import current_origin
from core.request_ids import current_request_id

__all__ = [
    "batch",
    "changes",
    "edits",
    "history_of",
    "noun_of",
    "record",
    "stored_edits",
    "under",
    "was_done_by",
]

Target = models.Model | type[models.Model]


class _Batch:
    """The line above those written now; made with the first of them, or before."""

    def __init__(self, make: Callable[[], models.Model]) -> None:
        self._make = make
        self._entry: models.Model | None = None

    def entry(self) -> models.Model:
        if self._entry is None:
            self._entry = self._make()
        return self._entry


_batch: ContextVar[_Batch | None] = ContextVar("audit_batch", default=None)


def record(verb: str, *, target: Target, by: Any, **data: Any) -> models.Model:
    """Add one line to the audit log, in the caller's transaction.

    `verb` is "app.noun_done", `target` the record or, for an act on a whole register,
    its model; `by` a user or None for the portal itself; `data` holds plain values,
    never personal data that the record itself masks. The line outlives the person: a
    record named after one has an `audit_name` without them. A line that cannot be
    written raises, and so stops the act.
    """
    above = _batch.get()
    return _write(verb, target, by, data, above and above.entry())


def _write(
    verb: str,
    target: Target,
    by: Any,
    data: dict[str, Any],
    parent: models.Model | None,
) -> models.Model:
    is_register = isinstance(target, type)
    name = target._meta.verbose_name if is_register else None
    return _entry_model().objects.create(
        verb=verb,
        actor_id=getattr(by, "pk", None),
        actor_name=str(by) if by is not None else "系统",
        target_type=target._meta.label,
        target_id=None if is_register else target.pk,
        target_name=str(name or getattr(target, "audit_name", target))[:200],
        data={name: value for name, value in data.items() if value not in ("", None)},
        request_id=current_request_id(),
        origin=current_origin(),
        parent=parent,
    )


@contextmanager
def batch(
    verb: str, *, target: Target, by: Any, when_filled: bool = False, **data: Any
) -> Iterator[None]:
    """One line for an act on many records; the lines written inside are its children.

    Where each record is a transaction of its own, open the batch before the first:
    the line says what was asked for, the children what was done. `when_filled` writes
    it only with a first child: for acts that may find nothing to do.
    """
    above = _batch.get()
    this = _Batch(lambda: _write(verb, target, by, data, above and above.entry()))
    if not when_filled:
        this.entry()
    with _under(this):
        yield


@contextmanager
def under(entry: models.Model) -> Iterator[None]:
    """Make the lines written inside children of one that is already written."""
    with _under(_Batch(lambda: entry)):
        yield


@contextmanager
def _under(this: _Batch) -> Iterator[None]:
    token = _batch.set(this)
    try:
        yield
    finally:
        _batch.reset(token)


def noun_of(target: models.Model) -> str:
    """The record's kind as verbs name it: "member_report_in" for MemberReportIn."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(target).__name__).lower()


def history_of(target: models.Model) -> models.QuerySet:
    """Audit lines about one record, the oldest first."""
    return (
        _entry_model()
        .objects.filter(target_type=target._meta.label, target_id=target.pk)
        .order_by("pk")
    )


def was_done_by(target: models.Model, verb: str, by: Any) -> bool:
    """Whether the log says that this person did it to the record, even long ago."""
    return history_of(target).filter(verb=verb, actor_id=by.pk).exists()


def _entry_model() -> type[models.Model]:
    # Looked up late: core.models imports this module for StatefulModel.
    return apps.get_model("core", "AuditEntry")
