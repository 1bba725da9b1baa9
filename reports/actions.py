"""Writes about saved report settings, and what the clock makes of them."""

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.exports import ExportUnderWay, request_export
from accounts.models import SavedReport, User
from communities.permissions import Permission, has_permission
from core import audit
from core.errors import RuleError
from reports import notices
from reports.periods import month_of, next_month
from reports.queries.asked import FILE_KIND, resolved

logger = logging.getLogger(__name__)

MOST_SAVED = 50
Schedule = SavedReport.Schedule


def next_day(schedule: str, today: date) -> date | None:
    """The next Monday or first of a month after today; None without a schedule."""
    if schedule == Schedule.WEEKLY:
        return today + timedelta(days=7 - today.weekday())
    if schedule == Schedule.MONTHLY:
        return next_month(month_of(today))
    return None


@transaction.atomic
def save_report(
    *,
    by: User,
    report: str,
    name: str,
    file_format: str,
    schedule: str,
    parameters: dict[str, Any],
    today: date,
) -> SavedReport:
    """Keep filters and columns of a report for the person.

    Raises RuleError for a name the person has used, and beyond MOST_SAVED.
    """
    owner = User.objects.select_for_update().get(pk=by.pk)
    if owner.saved_reports.count() >= MOST_SAVED:
        text = _("最多保存 %(most)d 项报表设置，请先删除不用的。")
        raise RuleError(text % {"most": MOST_SAVED})
    saved = SavedReport(
        owner=by,
        report=report,
        name=name,
        file_format=file_format,
        schedule=schedule,
        next_on=next_day(schedule, today),
        parameters=parameters,
    )
    _keep(saved)
    audit.record(
        "accounts.saved_report_added",
        target=saved,
        by=by,
        report=report,
        format=file_format,
        schedule=schedule,
        parameters=parameters,
    )
    return saved


@transaction.atomic
def change_saved_report(
    *,
    saved: SavedReport,
    by: User,
    name: str,
    file_format: str,
    schedule: str,
    today: date,
) -> None:
    """Give settings another name, format or schedule.

    Raises RuleError for a name the person has used.
    """
    locked = SavedReport.objects.select_for_update().get(pk=saved.pk)
    if schedule != locked.schedule:
        locked.schedule, locked.next_on = schedule, next_day(schedule, today)
        locked.problem = ""
    locked.name, locked.file_format = name, file_format
    _keep(locked)
    audit.record(
        "accounts.saved_report_changed",
        target=locked,
        by=by,
        format=file_format,
        schedule=schedule,
    )


@transaction.atomic
def remove_saved_report(*, saved: SavedReport, by: User) -> None:
    """Forget settings; the files made from them stay their days."""
    locked = SavedReport.objects.select_for_update().filter(pk=saved.pk).first()
    if locked is None:
        return
    audit.record("accounts.saved_report_removed", target=locked, by=by)
    locked.delete()


def make_due_reports(*, now: datetime) -> int:
    """Ask for the files that are due, each once however late; returns how many.

    A person with a file under way waits for the next turn. What breaks keeps none of
    the others waiting; it is raised after them.
    """
    today = timezone.localdate(now)
    due = SavedReport.objects.filter(next_on__lte=today).order_by("next_on", "pk")
    made, broken = 0, None
    for pk in list(due.values_list("pk", flat=True)):
        try:
            made += _make_due(pk, today=today, now=now)
        except ExportUnderWay:
            continue
        except Exception as error:
            logger.exception("scheduled report %s broke", pk)
            broken = broken or error
    if broken:
        raise broken
    return made


@transaction.atomic
def _make_due(pk: int, *, today: date, now: datetime) -> bool:
    """Claim settings that are due and ask for their file; False when another has.

    Raises ExportUnderWay, and then nothing has been written.
    """
    saved = _claim(pk, today)
    if saved is None:
        return False
    owner = saved.owner
    may_export = has_permission(owner, Permission.REPORT_EXPORT)
    if not (owner.is_active and may_export):
        _stop(saved, now)
        return False
    saved.next_on = next_day(saved.schedule, today)
    saved.problem = ""
    try:
        request_export(
            owner=owner,
            kind=FILE_KIND,
            parameters=_parameters_of(saved, today),
            message_kind="report_ready",
        )
    except ExportUnderWay:
        raise
    except RuleError as refusal:
        saved.problem = str(refusal)[:200]
        notices.scheduled_report_failed(saved, now)
    saved.save(update_fields=["next_on", "problem"])
    return not saved.problem


def _parameters_of(saved: SavedReport, today: date) -> dict[str, Any]:
    """As the maker of reports reads them; persons are masked."""
    return {
        "report": saved.report,
        "format": saved.file_format,
        "filters": resolved(saved.parameters["filters"], today=today),
        "columns": saved.parameters["columns"],
    }


def _claim(pk: int, today: date) -> SavedReport | None:
    rows = SavedReport.objects.filter(pk=pk, next_on__lte=today)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=["self"])
    return rows.select_related("owner").first()


def _stop(saved: SavedReport, now: datetime) -> None:
    """End a schedule whose owner may not have the file any more."""
    saved.schedule, saved.next_on = Schedule.NONE, None
    saved.problem = _("您已没有导出报表的权限，定期生成已停止。")
    saved.save(update_fields=["schedule", "next_on", "problem"])
    audit.record("accounts.saved_report_ended", target=saved, by=None)
    notices.scheduled_report_failed(saved, now)


def _keep(saved: SavedReport) -> None:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        text = _("您已有同名的报表设置，请换一个名称。")
        raise RuleError(text) from error
