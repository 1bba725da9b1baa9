"""What a reader asks of a report as plain values: kept, worked out later, in words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Campaign, Pillar
from communities.models import Community, Organization, Subdistrict
from core.errors import RuleError
from reports.boundaries import Boundary
from reports.periods import month_of, next_month
from reports.queries.filters import Filters
from reports.queries.work import exportable_organizations

Plain = Mapping[str, Any]
Choices = list[tuple[str, Any]]

LABELS = {
    "campaign": gettext_lazy("行动"),
    "pillar": gettext_lazy("板块"),
    "organization": gettext_lazy("党组织（含下级）"),
    "organization_text": gettext_lazy("党组织或单位名称"),
    "street": gettext_lazy("街道（镇）"),
    "community": gettext_lazy("社区（村）"),
    "period": gettext_lazy("期间"),
    "starts_on": gettext_lazy("自"),
    "ends_on": gettext_lazy("至（含当日）"),
    "state": gettext_lazy("状态"),
    "boundary": gettext_lazy("名称口径"),
}
ROWS = {
    "campaign": Campaign,
    "pillar": Pillar,
    "organization": Organization,
    "street": Subdistrict,
    "community": Community,
}
# What background exports call a report (accounts.exports).
FILE_KIND = "report"
DAYS = ("starts_on", "ends_on")


class Period(models.TextChoices):
    """A period that moves with the day; cut at midnight in Beijing."""

    LAST_WEEK = "last_week", gettext_lazy("上周")
    THIS_MONTH = "this_month", gettext_lazy("本月")
    LAST_MONTH = "last_month", gettext_lazy("上月")
    THIS_YEAR = "this_year", gettext_lazy("本年")

    def days(self, today: date) -> tuple[date, date]:
        """Its first and its last day; weeks begin on Monday."""
        month = month_of(today)
        if self == Period.LAST_WEEK:
            monday = today - timedelta(days=today.weekday() + 7)
            return monday, monday + timedelta(days=6)
        if self == Period.THIS_MONTH:
            return month, next_month(month) - timedelta(days=1)
        if self == Period.LAST_MONTH:
            last = month - timedelta(days=1)
            return month_of(last), last
        return date(today.year, 1, 1), date(today.year, 12, 31)


def resolved(plain: Plain, *, today: date) -> dict[str, Any]:
    """The values with the days in the place of a period."""
    values = dict(plain)
    if period := values.pop("period", ""):
        first, last = Period(period).days(today)
        values |= {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
    return values


def filters_of(plain: Plain, *, user: User, states: Choices) -> Filters:
    """The filters that resolved values stand for.

    Raises RuleError when something asked for is there no more, or not for this user.
    """
    values: dict[str, Any] = dict(plain)
    for name in values.keys() & ROWS.keys():
        rows = ROWS[name].objects.all()
        if name == "organization":
            rows = exportable_organizations(user)
        values[name] = rows.filter(pk=values[name]).first()
        if values[name] is None:
            raise _gone(name)
    for name in values.keys() & set(DAYS):
        values[name] = date.fromisoformat(values[name])
    if "state" in values and values["state"] not in dict(states):
        raise _gone("state")
    return Filters(**values)


def words_of(values: Plain, states: Choices) -> str:
    """Set filters as a person reads them; `values` as rows, days and texts."""
    choices = {
        "state": dict(states),
        "boundary": dict(Boundary.choices),
        "period": dict(Period.choices),
    }
    words = [
        _("%(label)s：%(value)s")
        % {"label": label, "value": choices.get(name, {}).get(value, value)}
        for name, label in LABELS.items()
        if (value := values.get(name)) not in ("", None)
    ]
    return "；".join(words) or _("全部记录")


def _gone(name: str) -> RuleError:
    text = _("筛选条件“%(label)s”已不存在，请重新设置。")
    return RuleError(text % {"label": LABELS[name]})
