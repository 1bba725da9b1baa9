"""What posts, terms and links of leading teams have in common: their dates."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.dates import day_text
from core.errors import RuleError

DAY = timedelta(days=1)


class LeaderRefused(RuleError):
    """The change of a leading team breaks a rule; the text says which."""


def locked(model: type[models.Model], row: models.Model) -> Any:
    return model.objects.select_for_update().get(pk=row.pk)


def created(model: type[models.Model], **values: Any) -> Any:
    try:
        with transaction.atomic():
            return model.objects.create(**values)
    except IntegrityError as error:
        raise LeaderRefused(_("有人同时登记了相同的内容，请刷新后再试。")) from error


def overlapping(
    rows: models.QuerySet, starts_on: date, ends_on: date | None
) -> models.QuerySet:
    """Rows that hold on at least one day of the period, the earliest first."""
    rows = rows.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=starts_on))
    if ends_on is not None:
        rows = rows.filter(starts_on__lte=ends_on)
    return rows.order_by("starts_on")


def make_room(
    rows: models.QuerySet, day: date, verb: str, by: User | None, **values: Any
) -> Any:
    """End the open row of `day` the day before; one that began that day is corrected.

    Returns the corrected row, or None.
    """
    held = rows.on(day).filter(ends_on=None).select_for_update().first()
    if held is None:
        return None
    if held.starts_on < day:
        end_row(held, day - DAY, f"{verb}_ended", by)
        return None
    before = str(held)
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    audit.record(f"{verb}_changed", target=held, by=by, before=before)
    return held


def end_row(row: Any, last_day: date, verb: str, by: User | None) -> None:
    """Write the last day of a post, term or link; the caller holds the locks."""
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    audit.record(verb, target=row, by=by, ends_on=last_day)


def check_end(row: Any, last_day: date) -> None:
    if last_day < row.starts_on:
        raise LeaderRefused(
            _("最后一天不能早于开始日期%(day)s。") % {"day": day_text(row.starts_on)}
        )
    if row.ends_on is not None and row.ends_on <= last_day:
        raise LeaderRefused(
            _("已于%(day)s结束，只能改得更早。") % {"day": day_text(row.ends_on)}
        )


def check_free(
    rows: models.QuerySet, starts_on: date, ends_on: date | None, what: str
) -> None:
    held = overlapping(rows, starts_on, ends_on).first()
    if held is None:
        return
    values = {"what": what, "since": day_text(held.starts_on)}
    if held.starts_on > starts_on:
        raise LeaderRefused(
            _("%(what)s自 %(since)s 起已有登记，请把最后一天填在这之前。") % values
        )
    raise LeaderRefused(
        _("%(what)s自 %(since)s 起已有登记，请先结束它或另选日期。") % values
    )
