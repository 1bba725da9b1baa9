"""What the counters of activities say, in the shape the progress matrix folds."""

from datetime import date

from django.db import models

from campaigns.models import ActivityTally, Campaign, TallyVersion
from campaigns.models.tally import KINDS


def tallies_of(
    campaign: Campaign, *, months: tuple[date, date] | None
) -> models.QuerySet:
    """What owners did alone, or together, under a pillar in the months or in all.

    Rows of owners ("" of the lead alone, else also the lead), lead, pillar, and how
    many are approved, waiting and in the addendum: the counters of all months as they
    are, or their sums. However many activities there are, one row for each pillar and
    each set of owners and lead.
    """
    rows = ActivityTally.objects.filter(campaign=campaign).order_by()
    names = ("owners", "organization_id", "pillar_id")
    if months is None:
        return rows.filter(month=None).values_list(*names, *KINDS)
    grouped = rows.filter(month__range=months).values_list(*names)
    return grouped.annotate(*(models.Sum(kind) for kind in KINDS))


def tally_versions() -> models.QuerySet:
    """Numbers that are others after each change of the counters, by campaign."""
    return TallyVersion.objects.order_by("pk").values_list("pk", "number")
