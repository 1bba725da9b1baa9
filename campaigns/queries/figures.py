"""What organisations did in a campaign, by pillar, initiative and month.

Counted live until the campaign is frozen; then read from the frozen rows. An activity
counts under its main pillar only, in the month of Beijing in which it began, for the
organisation that leads it and for each partner that confirmed.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from django.db import models
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from campaigns.models import (
    Activity,
    ActivityPartner,
    Campaign,
    EvidenceFile,
    FrozenFigure,
)
from communities.models import Organization

Key = tuple[int, int, int, date]
Ids = Collection[int] | models.QuerySet | None


@dataclass(frozen=True)
class Figure:
    """One organisation under one initiative in one month; `month` is its first day.

    `led_count` counts a joint activity once, at the organisation that leads it, so
    its sum is the number of activities; `activity_count` counts it for each owner.
    """

    organization_id: int
    path: str
    organization_name: str
    unit_name: str
    pillar_id: int
    initiative_id: int
    month: date
    activity_count: int
    led_count: int
    participant_count: int
    photo_count: int


NAMES = [field.name for field in fields(Figure)]
ORDER = ("path", "organization_id", "pillar_id", "initiative_id", "month")


def progress_rows(campaign: Campaign, *, organizations: Ids = None) -> list[Figure]:
    """Figures of a campaign, by place in the tree, then pillar, initiative and month.

    `organizations` (numbers, or a queryset of numbers) narrows them. Names and places
    are today's, of a frozen campaign those of the day it was frozen. Source: PRODUCT
    section 3: frozen figures do not change.
    """
    if not campaign.is_frozen:
        return live_rows(campaign, organizations=organizations)
    rows = campaign.frozen_figures.order_by(*ORDER)
    if organizations is not None:
        rows = rows.filter(organization__in=organizations)
    return [Figure(*row) for row in rows.values_list(*NAMES)]


def live_rows(campaign: Campaign, *, organizations: Ids = None) -> list[Figure]:
    """Figures counted now, from approved activities that are not in the addendum."""
    return _figures(campaign, in_addendum=False, organizations=organizations)


def addendum_rows(campaign: Campaign) -> models.QuerySet:
    """Approved activities that came after the freeze, the earliest day first."""
    return (
        Activity.objects.filter(
            campaign=campaign, state=Activity.State.APPROVED, in_addendum=True
        )
        .select_related("organization", "pillar", "initiative", "community")
        .order_by("starts_at", "pk")
    )


def addendum_figures(campaign: Campaign, *, organizations: Ids = None) -> list[Figure]:
    """The addendum in the shape of `progress_rows`, always counted now."""
    return _figures(campaign, in_addendum=True, organizations=organizations)


def led_counts_by_pillar(campaign: Campaign) -> dict[int, int]:
    """Number of pillar to number of activities; the sums of `led_count`."""
    if campaign.is_frozen:
        rows = FrozenFigure.objects.filter(campaign=campaign, led_count__gt=0)
        total = models.Sum("led_count")
    else:
        rows = _counted(campaign, in_addendum=False)
        total = models.Count("pk")
    grouped = rows.order_by().values_list("pillar_id").annotate(total=total)
    return dict(grouped)


def owner_count(campaign: Campaign) -> int:
    """How many organisations have at least one activity in the figures."""
    if campaign.is_frozen:
        frozen = campaign.frozen_figures.order_by().values("organization")
        return frozen.distinct().count()
    counted = _counted(campaign, in_addendum=False)
    leading = counted.order_by().values_list("organization")
    joined = _joined(campaign, in_addendum=False).order_by()
    return leading.union(joined.values_list("organization")).count()


def _figures(
    campaign: Campaign, *, in_addendum: bool, organizations: Ids
) -> list[Figure]:
    counted = _counted(campaign, in_addendum=in_addendum)
    joined = _joined(campaign, in_addendum=in_addendum)
    if organizations is not None:
        counted = counted.filter(organization__in=organizations)
        joined = joined.filter(organization__in=organizations)
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for *key, count, people in _by_month(counted, ""):
        _add(sums[tuple(key)], [count, count, people, 0])
    for *key, count, people in _by_month(joined, "activity__"):
        _add(sums[tuple(key)], [count, 0, people, 0])
    for rows, prefix in ((counted, ""), (joined, "activity__")):
        for *key, photos in _photos_by_month(rows, prefix):
            _add(sums[tuple(key)], [0, 0, 0, photos])
    return _named(sums)


def _counted(campaign: Campaign, *, in_addendum: bool) -> models.QuerySet:
    """The condition of the index activity_progress; keep them alike."""
    return Activity.objects.filter(
        campaign=campaign, state=Activity.State.APPROVED, in_addendum=in_addendum
    )


def _joined(campaign: Campaign, *, in_addendum: bool) -> models.QuerySet:
    return ActivityPartner.objects.filter(
        state=ActivityPartner.State.CONFIRMED,
        activity__campaign=campaign,
        activity__state=Activity.State.APPROVED,
        activity__in_addendum=in_addendum,
    )


def _keyed(rows: models.QuerySet, prefix: str) -> models.QuerySet:
    """The rows grouped by organisation, pillar, initiative and month of Beijing."""
    month = TruncMonth(
        f"{prefix}starts_at",
        output_field=models.DateField(),
        tzinfo=timezone.get_default_timezone(),
    )
    names = ("organization_id", f"{prefix}pillar_id", f"{prefix}initiative_id")
    return rows.order_by().annotate(month=month).values_list(*names, "month")


def _by_month(rows: models.QuerySet, prefix: str) -> models.QuerySet:
    people = Coalesce(models.Sum(f"{prefix}participant_count"), 0)
    return _keyed(rows, prefix).annotate(count=models.Count("pk"), people=people)


def _photos_by_month(rows: models.QuerySet, prefix: str) -> models.QuerySet:
    """A query of its own: beside the photos, an activity stands once for each."""
    photo = {f"{prefix}evidence__file__kind": EvidenceFile.Kind.PHOTO}
    return _keyed(rows.filter(**photo), prefix).annotate(
        photos=models.Count(f"{prefix}evidence")
    )


def _add(sums: list[int], more: list[int]) -> None:
    for place, number in enumerate(more):
        sums[place] += number


def _named(sums: dict[Key, list[int]]) -> list[Figure]:
    owners = {organization for organization, *_rest in sums}
    rows = Organization.objects.filter(pk__in=owners)
    names = {
        pk: place for pk, *place in rows.values_list("pk", "path", "name", "unit_name")
    }
    found = [
        Figure(organization, *names[organization], pillar, initiative, month, *counts)
        for (organization, pillar, initiative, month), counts in sums.items()
    ]
    return sorted(found, key=attrgetter(*ORDER))
