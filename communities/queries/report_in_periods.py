"""The periods for which units report in to communities: calendar years."""

from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings


class ReportInPeriod(NamedTuple):
    """One period, both days included."""

    first: date
    last: date

    @property
    def year(self) -> int:
        """The year that names the period and its numbers."""
        return self.first.year

    @property
    def opens_on(self) -> date:
        """The first day on which units may report in for it: the renewal window."""
        day_before = self.first - timedelta(days=1)
        return day_before - timedelta(days=settings.REPORT_IN_RENEWAL_DAYS)

    def counted_day(self, today: date) -> date:
        """The day on which unit and community must be paired to report in."""
        return max(today, self.first)


def report_in_period(day: date) -> ReportInPeriod:
    """The period `day` lies in: its calendar year. Source: issue 3, by period."""
    return ReportInPeriod(date(day.year, 1, 1), date(day.year, 12, 31))


def next_period(day: date) -> ReportInPeriod:
    """The period after the one `day` lies in."""
    return report_in_period(report_in_period(day).last + timedelta(days=1))


def open_periods(today: date) -> list[ReportInPeriod]:
    """Periods for which units may report in today: this one, near its end the next."""
    following = next_period(today)
    periods = [report_in_period(today)]
    return [*periods, following] if today >= following.opens_on else periods
