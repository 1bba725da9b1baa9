"""What the overview is asked for, and which rows and addresses that means."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.urls import reverse

from accounts.models import User
from campaigns.models import Campaign
from communities.models import Organization, Subdistrict
from reports.periods import next_month
from reports.queries.filters import Filters
from reports.queries.links import (
    reported_leaders,
    reported_member_report_ins,
    reported_pairings,
    reported_unit_report_ins,
)
from reports.queries.tasks import reported_assignments
from reports.queries.volunteering import reported_records, reported_shifts
from reports.queries.whistles import reported_responses, reported_whistles

# What the overview counts are the rows of these reports.
ROWS: dict[str, Callable[[User, Filters], QuerySet]] = {
    "pairings": reported_pairings,
    "unit-report-ins": reported_unit_report_ins,
    "member-report-ins": reported_member_report_ins,
    "leader-links": reported_leaders,
    "tasks": reported_assignments,
    "whistles": reported_whistles,
    "whistle-responses": reported_responses,
    "turnout": reported_shifts,
    "hours": reported_records,
}
OF_CAMPAIGNS = ("tasks", "turnout", "hours")


@dataclass(frozen=True)
class Asked:
    """The filters of the page; None narrows nothing.

    `months` are the first days of the first and the last month, None for all; `span`
    are the campaign's months that means.
    """

    user: User
    now: datetime
    today: date
    campaign: Campaign | None = None
    months: tuple[date, date] | None = None
    span: tuple[date, date] | None = None
    organization: Organization | None = None
    street: Subdistrict | None = None

    def standing(self, slug: str, state: str, **changes: object) -> "Rows":
        """Rows as they stand today, whatever the months."""
        return self._rows(slug, state, {}, changes)

    def dated(self, slug: str, state: str, **changes: object) -> "Rows":
        """Rows of the months; what is of no campaign, of the campaign's days."""
        return self._rows(slug, state, self._days(slug), changes)

    def query(self, **changes: object) -> str:
        """The filters with these changes as the query string of the overview."""
        values: dict[str, object] = {
            "campaign": self.campaign,
            "organization": self.organization,
            "street": self.street,
        }
        if self.months:
            first, last = self.months
            values |= {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}
        return query_string(values | changes)

    def rows_url(self, name: str, **changes: object) -> str:
        """The page of the overview's own rows with this list."""
        query = self.query(list=name, **changes)
        return f"{reverse('reports:overview_rows')}?{query}"

    def progress_url(self, name: str, **changes: object) -> str:
        """A page of the progress matrix for the same campaign, months and branch."""
        first, last = self.span
        values: dict[str, object] = {
            "campaign": self.campaign,
            "first": f"{first:%Y-%m}",
            "last": f"{last:%Y-%m}",
            "organization": self.organization,
        }
        return f"{reverse(name)}?{query_string(values | changes)}"

    def _rows(self, slug: str, state: str, days: dict, changes: dict) -> "Rows":
        values = {"organization": self.organization, "street": self.street, **days}
        if slug in OF_CAMPAIGNS:
            values["campaign"] = self.campaign
        return Rows(self.user, slug, Filters(**(values | {"state": state} | changes)))

    def _days(self, slug: str) -> dict[str, date | None]:
        if self.months:
            return days_of(*self.months)
        if slug in OF_CAMPAIGNS or self.campaign is None:
            return {}
        return {"starts_on": self.campaign.starts_on, "ends_on": self.campaign.ends_on}


@dataclass(frozen=True)
class Rows:
    """The rows of a report under filters, and the address that shows them."""

    user: User
    slug: str
    filters: Filters

    @property
    def queryset(self) -> QuerySet:
        """The rows, without their order."""
        return ROWS[self.slug](self.user, self.filters).order_by()

    def url(self, **changes: object) -> str:
        """The report's page, narrowed further by `changes`."""
        values = {field.name: getattr(self.filters, field.name) for field in _FIELDS}
        query = query_string(values | changes)
        return f"{reverse('reports:report_detail', args=[self.slug])}?{query}"

    def month_url(self, month: date, **changes: object) -> str:
        """The report's page for one month, or for its days that are asked for."""
        days = days_of(month, month)
        first = max(filter(None, [self.filters.starts_on, days["starts_on"]]))
        last = min(filter(None, [self.filters.ends_on, days["ends_on"]]))
        return self.url(starts_on=first, ends_on=last, **changes)


_FIELDS = fields(Filters)


def days_of(first: date, last: date) -> dict[str, date]:
    """The first and the last day of these months, as filters."""
    return {"starts_on": first, "ends_on": next_month(last) - timedelta(days=1)}


def query_string(values: dict[str, object]) -> str:
    """Records by their number, days and texts as they are; nothing empty."""
    return urlencode(
        {
            name: value.pk if isinstance(value, Model) else value
            for name, value in values.items()
            if value not in (None, "")
        }
    )
