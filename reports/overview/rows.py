"""The lists that no report has: units and communities, and late reviews."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Activity, Pillar
from communities.models import Community
from core.dates import moment_text
from reports.overview.asked import Asked
from reports.overview.units import (
    late_reviews,
    progress_asked,
    standing_communities,
    units_of_pairings,
)
from reports.progress_tree import Place


class Rows(models.TextChoices):
    """What is listed."""

    UNITS_COVERED = "units_covered", gettext_lazy("已开展活动的单位")
    UNITS_UNCOVERED = "units_uncovered", gettext_lazy("未开展活动的单位")
    UNITS_PAIRED = "units_paired", gettext_lazy("已结对的单位")
    UNITS_UNPAIRED = "units_unpaired", gettext_lazy("未结对的单位")
    COMMUNITIES_PAIRED = "communities_paired", gettext_lazy("已结对的社区（村）")
    COMMUNITIES_UNPAIRED = "communities_unpaired", gettext_lazy("未结对的社区（村）")
    REVIEWS_LATE = "reviews_late", gettext_lazy("等待审核过久的活动")


OF_CAMPAIGNS = (Rows.UNITS_COVERED, Rows.UNITS_UNCOVERED)


@dataclass(frozen=True)
class Item:
    """A line of a list."""

    title: str
    url: str
    note: str = ""


Listed = tuple[Sequence, Callable[[object], Item]]


def rows_of(asked: Asked, name: Rows, pillar: Pillar | None = None) -> Listed:
    """What a list holds, to be paged, and what makes its lines."""
    if name in OF_CAMPAIGNS:
        return _covered(asked, pillar, is_covered=name == Rows.UNITS_COVERED), _unit(
            asked
        )
    if name == Rows.REVIEWS_LATE:
        rows = late_reviews(asked).select_related("organization")
        return rows.order_by("submitted_at", "pk"), _activity
    active = asked.standing("pairings", "active").queryset
    if name in (Rows.UNITS_PAIRED, Rows.UNITS_UNPAIRED):
        units = units_of_pairings(
            asked, set(active.values_list("organization", flat=True))
        )
        return (
            units.paired if name == Rows.UNITS_PAIRED else units.unpaired
        ), _organization
    paired = models.Q(pk__in=active.values("community"))
    rows = standing_communities(asked).select_related("subdistrict")
    is_paired = name == Rows.COMMUNITIES_PAIRED
    return rows.filter(paired if is_paired else ~paired), _community


def _covered(asked: Asked, pillar: Pillar | None, *, is_covered: bool) -> list[Place]:
    """Units with an approved activity, under the pillar or under any; or without."""
    return [
        row.place
        for row in progress_asked(asked).rows
        for cell in row.cells
        if cell.pillar == pillar and bool(cell.approved) == is_covered
    ]


def _unit(asked: Asked) -> Callable[[Place], Item]:
    def item(place: Place) -> Item:
        url = asked.progress_url("reports:progress", organization=place.pk)
        return Item(place.unit_name, url, place.name)

    return item


def _organization(place: Place) -> Item:
    url = reverse("communities:organization_detail", args=[place.pk])
    return Item(place.unit_name, url, place.name)


def _community(community: Community) -> Item:
    return Item(
        community.name, community.get_absolute_url(), community.subdistrict.name
    )


def _activity(activity: Activity) -> Item:
    since = _("%(organization)s · %(moment)s 提交") % {
        "organization": activity.organization.name,
        "moment": moment_text(activity.submitted_at),
    }
    return Item(activity.title, activity.get_absolute_url(), since)
