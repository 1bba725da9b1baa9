"""What the counters of activities say, in the shape the progress matrix folds."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import models

from campaigns.models import ActivityTally, Campaign, TallyVersion
from campaigns.models.tally import KINDS

# Owners, and for each pillar in the order asked for: approved, waiting, addendum.
Tally = tuple[tuple[int, ...], list[int]]


def tallies_of(
    campaign: Campaign, pillars: Sequence[int], *, months: tuple[date, date] | None
) -> Iterator[Tally]:
    """Owners and what they did alone, or together, in the months or in all.

    However many activities there are, and months: one row for each set of owners,
    three figures for each pillar.
    """
    rows = ActivityTally.objects.filter(campaign=campaign).order_by()
    rows = rows.filter(month__range=months) if months else rows.filter(month=None)
    sums = {
        f"{kind}_of_{pillar}": models.Sum(
            kind, filter=models.Q(pillar=pillar), default=0
        )
        for pillar in pillars
        for kind in KINDS
    }
    # A joint one has its owners in the text, whoever leads.
    lead = models.Case(models.When(owners="", then="organization_id"))
    grouped = rows.annotate(lead=lead).values_list("lead", "owners").annotate(**sums)
    for one, owners, *figures in grouped:
        yield (one,) if one else tuple(map(int, owners.split(","))), figures


def tally_versions(campaign: Campaign) -> models.QuerySet:
    """One number that is another one after each change of the counters."""
    return TallyVersion.objects.filter(campaign=campaign).values_list("number")
