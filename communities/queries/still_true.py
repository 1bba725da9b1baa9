"""Whether what was said about agreements and report-ins holds when it is sent.

Each takes (number of the record, slot) pairs and gives back those that hold; a fixed
number of queries, however many.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import models
from django.utils import timezone

from communities.models import (
    Agreement,
    OrganizationReportIn,
    Pairing,
    ReportInReminder,
)
from communities.queries.missing_report_ins import pairs_without_renewal
from communities.queries.report_in_periods import report_in_period

Pairs = Collection[tuple[int, str]]


def agreements_ending(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Recalls of agreements that end on the day they name, and that none renews."""
    rows = Agreement.objects.filter(
        pk__in={pk for pk, _slot in pairs},
        ends_on__gte=timezone.localdate(now),
        renewal=None,
    ).values_list("pk", "ends_on")
    return {(pk, day.isoformat()) for pk, day in rows} & set(pairs)


def report_ins_missing(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Recalls of pairs that have not handed in a report-in since."""
    State = OrganizationReportIn.State
    pair = {
        "organization": models.OuterRef("organization"),
        "community": models.OuterRef("community"),
    }
    done = OrganizationReportIn.objects.filter(
        **pair,
        state__in=(State.SUBMITTED, State.RECEIVED),
        ends_on__gte=models.OuterRef("period_starts_on"),
    )
    today = timezone.localdate(now)
    missing = ReportInReminder.objects.filter(
        ~models.Exists(done),
        models.Exists(Pairing.objects.on(today).filter(**pair)),
        pk__in={pk for pk, _slot in pairs},
        period_starts_on=report_in_period(today).first,
    )
    held = set(missing.values_list("pk", flat=True))
    return {(pk, slot) for pk, slot in pairs if pk in held}


def renewals_missing(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Recalls of units that have a pair without a report-in for the year they name.

    One query for each year spoken of: it is the next one, or the one that has begun.
    """
    held: set[tuple[int, str]] = set()
    for year in {slot for _pk, slot in pairs if slot.isdigit()}:
        rows = pairs_without_renewal(report_in_period(date(int(year), 1, 1)))
        rows = rows.filter(organization__in={pk for pk, _slot in pairs})
        held |= {(pk, year) for pk in rows.values_list("organization", flat=True)}
    return held & set(pairs)
