"""What the counters of activities say, in the shape the progress matrix folds."""

from datetime import date

from django.db import models

from campaigns.models import ActivityTally, Campaign, TallyVersion
from campaigns.models.tally import KINDS

Figures = tuple[int, int, int]  # approved, waiting, addendum
Tally = tuple[tuple[int, ...], int, Figures]  # owners, pillar, figures


def tallies_of(campaign: Campaign, *, months: tuple[date, date] | None) -> list[Tally]:
    """Owners, pillar and figures, of the months or of all; owners may come again.

    However many activities there are: one row for each set of owners and pillar.
    """
    rows = ActivityTally.objects.filter(campaign=campaign).order_by()
    names = ("organization_id", "owners", "pillar_id")
    if months:
        sums = {f"{kind}_in_all": models.Sum(kind) for kind in KINDS}
        rows = rows.filter(month__range=months).values_list(*names).annotate(**sums)
    else:
        rows = rows.filter(month=None).values_list(*names, *KINDS)
    sets: dict[str, tuple[int, ...]] = {}
    found = []
    for lead, text, pillar, *figures in rows:
        if not text:
            owners = (lead,)
        elif (owners := sets.get(text)) is None:
            owners = sets[text] = tuple(map(int, text.split(",")))
        found.append((owners, pillar, tuple(figures)))
    return found


def tally_versions(campaign: Campaign) -> models.QuerySet:
    """One number that is another one after each change of the counters."""
    return TallyVersion.objects.filter(campaign=campaign).values_list("number")
