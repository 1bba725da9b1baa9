"""Months of a campaign, as the first day of each; cut at midnight in Beijing."""

from datetime import date, datetime, time, timedelta

from django.db.models import DateField, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from campaigns.models import Campaign


def month_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """The months from one to the other, both included."""
    months = []
    while first <= last:
        months.append(first)
        first = next_month(first)
    return months


def month_text(month: date) -> str:
    """2026年5月."""
    return f"{month.year}年{month.month}月"


def months_of(campaign: Campaign, *, today: date) -> list[date]:
    """The months of a campaign that have begun; at least its first.

    One without an end that was frozen ends with the month of the freeze.
    """
    last = min(campaign.ends_on or today, today)
    if campaign.ends_on is None and campaign.frozen_at:
        last = timezone.localdate(campaign.frozen_at)
    first = month_of(campaign.starts_on)
    return months_between(first, max(first, month_of(last)))


def begins_within(first: date, last: date) -> Q:
    """The condition of activities that began from one month to another."""
    return within("starts_at", first, last)


def within(name: str, first: date | None, last: date | None) -> Q:
    """The condition of a moment from one month to another; None leaves a side open."""
    condition = Q()
    if first:
        condition &= Q(**{f"{name}__gte": _midnight(first)})
    if last:
        condition &= Q(**{f"{name}__lt": _midnight(next_month(last))})
    return condition


def month_begun(field: str = "starts_at") -> TruncMonth:
    """The month of Beijing in which an activity began, as an expression.

    `field` is another moment, of whatever has one.
    """
    zone = timezone.get_default_timezone()
    return TruncMonth(field, output_field=DateField(), tzinfo=zone)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
