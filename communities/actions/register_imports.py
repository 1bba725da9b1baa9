"""Uploads of registers: looked at first, written when confirmed, all or nothing."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.divisions import import_divisions
from communities.actions.organizations import import_organizations, lock_tree
from communities.imports.register_differences import (
    CHANGED,
    CREATED,
    differences,
    fingerprint,
    lines_from_json,
    lines_to_json,
)
from communities.imports.results import ImportCounts, ImportRefused, RowProblem
from communities.models import RegisterImport, Subdistrict
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic

Kind = RegisterImport.Kind


class RegisterPlanChanged(RuleError):
    """What the file would do is no longer what was looked at."""


class _Undone(Exception):
    """Ends the trial of an import, so that nothing of it stays."""


def upload_register(
    *,
    kind: str,
    lines: Any,
    problems: list[RowProblem],
    file_name: str,
    effective_on: date | None,
    by: User,
) -> RegisterImport:
    """Keep the lines of an uploaded file, with what an import would refuse today.

    Tried out in a transaction that is undone: nothing of the register is written.
    """
    found = problems or _refusals(kind, lines, effective_on, by)
    with transaction.atomic():
        uploaded = RegisterImport.objects.create(
            kind=kind,
            file_name=file_name,
            effective_on=effective_on,
            rows=lines_to_json(kind, lines),
            problems=[[row.number, row.text] for row in found],
            uploaded_by=by,
        )
        audit.record(
            "communities.register_import_uploaded", target=uploaded, by=by, kind=kind
        )
    return uploaded


def _refusals(
    kind: str, lines: Any, effective_on: date | None, by: User
) -> list[RowProblem]:
    try:
        with transaction.atomic():
            _write(kind, lines, effective_on, by)
            raise _Undone
    except _Undone:
        return []
    except ImportRefused as error:
        return error.problems
    except RuleError as error:
        return [RowProblem(0, str(error))]


def _write(kind: str, lines: Any, effective_on: date | None, by: User) -> ImportCounts:
    if kind == Kind.DIVISIONS:
        return import_divisions(lines=lines, by=by, effective_on=effective_on)
    starts_on = effective_on or timezone.localdate()
    return import_organizations(lines=lines, starts_on=starts_on, by=by)


@retried_atomic
def confirm_register_import(
    *, register_import: RegisterImport, seen: str, by: User
) -> ImportCounts | None:
    """Write an uploaded file; None when it had been confirmed before.

    Compares anew under the register's lock, and writes only what was looked at
    (`seen` is the fingerprint of the preview). Raises RegisterPlanChanged otherwise,
    ImportRefused with the rows at fault, or RuleError for the whole.
    """
    held = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    if held.confirmed_at is not None:
        return None
    if held.problems:
        raise ImportRefused([RowProblem(*row) for row in held.problems])
    _lock(held.kind)
    lines = lines_from_json(held.kind, held.rows)
    rows = differences(held.kind, lines)
    if seen != fingerprint(rows, held.effective_on):
        raise RegisterPlanChanged(
            _("预览之后名册有变动，下面是按现在的情况重新比对的结果，请再核对一遍。")
        )
    counts = _write(held.kind, lines, held.effective_on, by)
    outcomes = [row.outcome for row in rows]
    shown = (outcomes.count(CREATED), outcomes.count(CHANGED))
    if shown != (counts.created, counts.changed):
        raise RegisterPlanChanged(_("写入的内容与预览不一致，没有写入，请联系管理员。"))
    held.confirmed_at = timezone.now()
    held.rows = {}  # the register has them now, and they hold telephone numbers
    held.save(update_fields=["confirmed_at", "rows"])
    return counts


def _lock(kind: str) -> None:
    if kind == Kind.ORGANIZATIONS:
        lock_tree()
    else:
        list(Subdistrict.objects.select_for_update().order_by("pk"))
