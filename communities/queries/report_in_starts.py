"""For whom a unit may report in now, and what the form is filled with."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from accounts.models import User
from communities.models import OrganizationReportIn, Pairing
from communities.permissions import Permission, scope_filter
from communities.queries.missing_report_ins import live_in
from communities.queries.report_in_periods import ReportInPeriod, open_periods

MOST_STARTS = 60
TAKEN_OVER = (
    "member_count",
    "leader_name",
    "leader_title",
    "contact_name",
    "contact_phone",
    "offers",
    "remark",
)


@dataclass(frozen=True)
class Start:
    """A pairing for which the unit may report in, and for which period."""

    pairing: Pairing
    period: ReportInPeriod


def pairs_to_start(user: User, *, today: date) -> list[Start]:
    """What the user's own organisations have not begun yet, the present period first.

    An organisation keeps to its own pairings; the branches below it act themselves.
    """
    starts = []
    for period in open_periods(today):
        pairings = startable_pairings(user, period, today=today)[:MOST_STARTS]
        starts += [Start(pairing, period) for pairing in pairings]
    return starts


def startable_pairings(
    user: User, period: ReportInPeriod, *, today: date
) -> models.QuerySet:
    """Pairings the user may report in for in the period, without a live report-in."""
    in_scope = scope_filter(
        user, Permission.REPORT_IN_SUBMIT, organization="organization"
    )
    return (
        Pairing.objects.on(period.counted_day(today))
        .filter(in_scope)
        .filter(~models.Exists(live_in(period)))
        .select_related("organization", "community__subdistrict")
    )


def prefilled(pairing: Pairing) -> dict[str, object]:
    """What the form starts with: the pair's last report-in, else the registers.

    Returned ones and drafts of earlier periods count too: they are what the unit
    wrote last.
    """
    last = (
        OrganizationReportIn.objects.filter(
            organization=pairing.organization, community=pairing.community
        )
        .order_by("-starts_on", "-pk")
        .first()
    )
    if last is not None:
        return {name: getattr(last, name) for name in TAKEN_OVER}
    organization = pairing.organization
    return {
        "member_count": organization.member_count,
        "leader_name": pairing.leader_name,
        "leader_title": pairing.leader_title,
        "contact_name": pairing.contact_name or organization.contact_name,
        "contact_phone": pairing.contact_phone or organization.contact_phone,
    }
