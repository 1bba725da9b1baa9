"""Keeps what organisations and communities were called, day by day."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from communities.models import (
    BEGINNING,
    Community,
    CommunityVersion,
    Organization,
    OrganizationVersion,
)
from core.dates import day_text
from core.errors import RuleError

_KEPT: dict[type, tuple[type, str, tuple[str, ...]]] = {
    Organization: (
        OrganizationVersion,
        "organization",
        ("name", "unit_name", "kind", "parent_id"),
    ),
    Community: (
        CommunityVersion,
        "community",
        ("code", "name", "official_name", "kind", "subdistrict_id"),
    ),
}


class HistoryRefused(RuleError):
    """The change would begin before the last one did."""


def keep_version(row: Organization | Community, *, on: date | None = None) -> None:
    """Write the row, as it was just saved, into its history from `on`.

    Without a day, or on the first day of the latest version, that version is
    corrected: it was wrong all the time. The caller holds the row's lock. Raises
    HistoryRefused for a day before the latest version began.
    """
    model, name, fields = _KEPT[type(row)]
    values = {field: getattr(row, field) for field in fields}
    latest = model.objects.filter(**{name: row}).order_by("-starts_on").first()
    if latest is None:
        starts_on = on or getattr(row, "starts_on", None) or BEGINNING
        model.objects.create(**{name: row}, starts_on=starts_on, **values)
        return
    if all(getattr(latest, field) == value for field, value in values.items()):
        return
    if on is None or on == latest.starts_on:
        _save(latest, **values)
        return
    if on < latest.starts_on:
        raise HistoryRefused(
            _("%(name)s自%(day)s起已有变更，不能从更早的日期改起。")
            % {"name": latest.name, "day": day_text(latest.starts_on)}
        )
    ends_on = latest.ends_on
    _save(latest, ends_on=on - timedelta(days=1))
    model.objects.create(**{name: row}, starts_on=on, ends_on=ends_on, **values)


def close_history(row: Organization | Community, *, last_day: date) -> None:
    """End the latest version on `last_day`: the row is merged or dissolved.

    Raises HistoryRefused when that is before the version began.
    """
    model, name, _fields = _KEPT[type(row)]
    latest = model.objects.filter(**{name: row}).order_by("-starts_on").first()
    if last_day < latest.starts_on:
        raise HistoryRefused(
            _("%(name)s自%(day)s起才有现在的名称或隶属，不能在这之前终止。")
            % {"name": latest.name, "day": day_text(latest.starts_on)}
        )
    _save(latest, ends_on=last_day)


def _save(version: OrganizationVersion | CommunityVersion, **values: Any) -> None:
    for field, value in values.items():
        setattr(version, field, value)
    version.save(update_fields=list(values))
