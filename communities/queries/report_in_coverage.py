"""Figures of units' report-ins: how many pairs, for how many one was received."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone

from communities.models import OrganizationReportIn, Pairing

State = OrganizationReportIn.State


@dataclass(frozen=True)
class ReportInCoverage:
    """Pairs of unit and community, and for how many a report-in was received."""

    paired: int
    received: int

    @property
    def missing(self) -> int:
        """Pairs without a received report-in."""
        return self.paired - self.received

    @property
    def share(self) -> float | None:
        """Received ÷ paired, 0-1; None when nothing is paired."""
        return self.received / self.paired if self.paired else None


def received_on(day: date) -> models.QuerySet:
    """Report-ins that stood as received on the evening of `day`, ended since or not."""
    evening = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    # One that a merger ended before its first day keeps its days, but never stood.
    stood = models.Q(state=State.RECEIVED) | models.Q(
        state=State.ENDED, state_changed_at__gte=evening
    )
    return OrganizationReportIn.objects.on(day).filter(
        stood, answered_at__lt=evening, return_reason=""
    )


def is_received(day: date) -> models.Exists:
    """Whether a pairing's pair has a received report-in on `day`."""
    return models.Exists(
        received_on(day).filter(
            organization=models.OuterRef("organization"),
            community=models.OuterRef("community"),
        )
    )


def unit_report_in_coverage(
    day: date, *, pairings: models.QuerySet | None = None
) -> ReportInCoverage:
    """How many of the pairs that stood on `day` had reported in and been received.

    `pairings` narrows the pairs, as to those of one street. Source: issue 3.
    """
    rows = Pairing.objects.all() if pairings is None else pairings
    figures = rows.on(day).aggregate(
        paired=models.Count("pk"),
        received=models.Count("pk", filter=models.Q(is_received(day))),
    )
    return ReportInCoverage(**figures)
