"""Reminders of report-ins: missing ones by the committee, renewals by the clock."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications.kind_settings import is_on, leads_of
from communities.actions.report_ins import live_report_in
from communities.models import (
    Community,
    Organization,
    OrganizationReportIn,
    Pairing,
    ReportInReminder,
)
from communities.notices import report_ins as notices
from communities.queries.missing_report_ins import (
    pairs_without_renewal,
    superior_day,
)
from communities.queries.officials import responsible_officials, unit_officials
from communities.queries.report_in_periods import (
    ReportInPeriod,
    next_period,
    report_in_period,
)
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.transactions import retried_atomic

State = OrganizationReportIn.State
Level = ReportInReminder.Level
RENEWAL = "report_in_renewal"


class ReminderRefused(RuleError):
    """There is nothing to remind of, nobody to remind, or it was done already."""


@retried_atomic
def remind_of_report_in(
    *,
    organization: Organization,
    community: Community,
    level: str,
    by: User,
    today: date,
) -> ReportInReminder:
    """Recall a missing report-in to the unit or to the organisation above, once each.

    The one above is told some working days after the unit was, as set for the kind;
    at once where nobody holds an account for the unit. Raises ReminderRefused, and
    CalendarMissing when those days cannot be counted. Source: issue 3.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    period = report_in_period(today)
    _check_missing(organization, community, period, today)
    held = _held_reminders(organization, community, period)
    if level in held:
        raise ReminderRefused(_("已经提醒过了，每级只提醒一次。"))
    people = _recipients(organization, level, held, today)
    try:
        with transaction.atomic():
            reminder = ReportInReminder.objects.create(
                organization=organization,
                community=community,
                period_starts_on=period.first,
                level=level,
                sent_by=by,
            )
    except IntegrityError as error:
        raise ReminderRefused(_("已经提醒过了，每级只提醒一次。")) from error
    audit.record(
        "communities.report_in_reminder_created",
        target=reminder,
        by=by,
        level=level,
        people=len(people),
    )
    notices.report_in_reminded(reminder, people)
    return reminder


def _check_missing(
    organization: Organization,
    community: Community,
    period: ReportInPeriod,
    today: date,
) -> None:
    pair = {"organization": organization, "community": community}
    if not Pairing.objects.on(today).filter(**pair).exists():
        raise ReminderRefused(_("该单位与该社区现在没有结对，不需要提醒。"))
    held = live_report_in(organization, community, period)
    if held is not None and held.state == State.RECEIVED:
        raise ReminderRefused(_("该单位已经报到，不需要提醒。"))
    if held is not None and held.state == State.SUBMITTED:
        raise ReminderRefused(_("该单位已提交报到单，正等社区签收，不需要提醒。"))


def _held_reminders(
    organization: Organization, community: Community, period: ReportInPeriod
) -> dict[str, ReportInReminder]:
    rows = ReportInReminder.objects.filter(
        organization=organization,
        community=community,
        period_starts_on=period.first,
    )
    return {row.level: row for row in rows}


def _recipients(
    organization: Organization,
    level: str,
    held: dict[str, ReportInReminder],
    today: date,
) -> list[User]:
    own = unit_officials(organization)
    if level == Level.CONTACT:
        if not own:
            raise ReminderRefused(_("该单位还没有人开通账号，请文明办先授权。"))
        return own
    if Level.CONTACT in held:
        [days] = leads_of("report_in_reminder")
        day = superior_day(timezone.localdate(held[Level.CONTACT].sent_at), days)
        if today < day:
            raise ReminderRefused(_("%(day)s起才能提醒上级。") % {"day": day_text(day)})
    elif own:
        raise ReminderRefused(_("请先提醒联络员。"))
    above = responsible_officials([organization], above=True)[organization.pk]
    if not above:
        raise ReminderRefused(_("上级党组织还没有人开通账号。"))
    return above


def remind_of_renewals(*, today: date) -> int:
    """Tell units near the end of the period to report in for the next, once each.

    Units that have done so for all their communities are left alone. Returns how
    many units were told, those told earlier included; the days are
    set for the kind.
    """
    if not is_on(RENEWAL):
        return 0
    [days] = leads_of(RENEWAL)
    period = next_period(today)
    if today < period.first - timedelta(days=days + 1):
        return 0
    ids = pairs_without_renewal(period).values("organization")
    units = Organization.objects.filter(pk__in=ids).order_by("pk")
    for organization in units:
        with transaction.atomic():
            notices.report_in_renewal(organization, period)
    return len(units)
