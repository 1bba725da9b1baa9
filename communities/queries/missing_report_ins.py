"""Who has not reported in: units by community, never persons."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.notifications.kind_settings import leads_of
from communities.models import (
    OrganizationReportIn,
    Pairing,
    ReportInReminder,
    Subdistrict,
)
from communities.queries.officials import organizations_with_officials
from communities.queries.report_in_coverage import is_received
from communities.queries.report_in_periods import ReportInPeriod, report_in_period
from communities.queries.report_in_rows import named_like
from core.working_days import CalendarMissing, add_working_days

State = OrganizationReportIn.State
Level = ReportInReminder.Level
NONE = "none"


def missing_report_ins(
    day: date, *, state: str = "", street: Subdistrict | None = None, text: str = ""
) -> models.QuerySet:
    """Pairings of `day` without a received report-in, in the order of the register.

    Each carries `report_in_id` and `report_in_state` of what there is so far, None
    without any; `state` narrows to one of these, NONE to pairs without any.
    """
    held = live_in(report_in_period(day))
    rows = (
        Pairing.objects.on(day)
        .filter(~is_received(day))
        .annotate(
            report_in_id=models.Subquery(held.values("pk")[:1]),
            report_in_state=models.Subquery(held.values("state")[:1]),
        )
    )
    if state == NONE:
        rows = rows.filter(report_in_state=None)
    elif state:
        rows = rows.filter(report_in_state=state)
    if street:
        rows = rows.filter(community__subdistrict=street)
    if text:
        rows = rows.filter(named_like(text))
    return rows.select_related("organization__parent", "community__subdistrict")


def pairs_without_renewal(period: ReportInPeriod) -> models.QuerySet:
    """Pairings that hold on the period's first day and have no report-in for it."""
    return Pairing.objects.on(period.first).filter(~models.Exists(live_in(period)))


def live_in(period: ReportInPeriod) -> models.QuerySet:
    """The live report-in of an outer pairing's pair in the period, to be a subquery."""
    return OrganizationReportIn.objects.filter(
        organization=models.OuterRef("organization"),
        community=models.OuterRef("community"),
        state__in=OrganizationReportIn.LIVE_STATES,
        starts_on__lte=period.last,
        ends_on__gte=period.first,
    ).order_by("pk")


def superior_day(reminded_on: date, days: int) -> date:
    """The first day on which the organisation above may be told of it.

    `days` are the working days of lead of report_in_reminder.
    Raises CalendarMissing. Source: issue 3, later the superior.
    """
    return add_working_days(reminded_on, days)


@dataclass
class Follow:
    """How far a missing report-in was followed up, and what may come next.

    `next_level` is the reminder that may be sent now, "" when none; `superior_on` the
    day from which the organisation above may be told, where that is still to come.
    """

    sent: dict[str, ReportInReminder] = field(default_factory=dict)
    has_account: bool = True
    superior_has_account: bool = True
    next_level: str = ""
    superior_on: date | None = None
    problem: str = ""

    @property
    def contact_sent(self) -> ReportInReminder | None:
        """The reminder to the unit."""
        return self.sent.get(Level.CONTACT)

    @property
    def superior_sent(self) -> ReportInReminder | None:
        """The reminder to the organisation above."""
        return self.sent.get(Level.SUPERIOR)


def show_follow_ups(rows: list[Pairing], *, today: date) -> list[Pairing]:
    """Give each row of `missing_report_ins` its `follow`."""
    units = {row.organization_id for row in rows}
    parents = {row.organization.parent_id for row in rows}
    with_account = organizations_with_officials((units | parents) - {None})
    sent: dict[tuple[int, int], dict] = defaultdict(dict)
    for reminder in ReportInReminder.objects.filter(
        organization_id__in=units, period_starts_on=report_in_period(today).first
    ):
        pair = reminder.organization_id, reminder.community_id
        sent[pair][reminder.level] = reminder
    [days] = leads_of("report_in_reminder")
    for row in rows:
        row.follow = Follow(
            sent=sent[row.organization_id, row.community_id],
            has_account=row.organization_id in with_account,
            superior_has_account=row.organization.parent_id in with_account,
        )
        if row.report_in_state != State.SUBMITTED:
            _plan(row.follow, today, days)
    return rows


def _plan(follow: Follow, today: date, days: int) -> None:
    if follow.superior_sent:
        return
    if follow.contact_sent:
        try:
            day = superior_day(timezone.localdate(follow.contact_sent.sent_at), days)
        except CalendarMissing as error:
            follow.problem = str(error)
            return
        if today < day:
            follow.superior_on = day
            return
    elif follow.has_account:
        follow.next_level = Level.CONTACT
        return
    if follow.superior_has_account:
        follow.next_level = Level.SUPERIOR
