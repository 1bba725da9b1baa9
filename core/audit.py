"""Writing and reading the audit log."""

import re
from typing import Any

from django.apps import apps
from django.db import models

from core.request_ids import current_request_id


def record(verb: str, *, target: models.Model, by: Any, **data: Any) -> None:
    """Add one line to the audit log, in the caller's transaction.

    `verb` is "app.noun_done", `by` a user or None for the portal itself; `data`
    holds plain values, never personal data that the record itself masks. The line
    outlives the person: a record named after one has an `audit_name` without them.
    """
    _entry_model().objects.create(
        verb=verb,
        actor_id=getattr(by, "pk", None),
        actor_name=str(by) if by is not None else "系统",
        target_type=target._meta.label,
        target_id=target.pk,
        target_name=getattr(target, "audit_name", str(target))[:200],
        data={name: value for name, value in data.items() if value not in ("", None)},
        request_id=current_request_id(),
    )


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
