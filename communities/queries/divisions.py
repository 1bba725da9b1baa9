"""Reads of streets and communities."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from communities.models import Community, CommunityVersion, Pairing, Subdistrict
from core.text import normalize_name, pinyin_of

# What the list may be sorted by; both end in the same order, so pages are stable.
ORDERS = {
    "code": ("subdistrict__code", "code"),
    "pairings": ("-pairing_count", "subdistrict__code", "code"),
}


def filtered_communities(
    communities: models.QuerySet,
    *,
    day: date,
    text: str = "",
    street: Subdistrict | None = None,
    kind: str = "",
    order: str = "code",
) -> models.QuerySet:
    """Communities that stand on `day`, by words, street and kind; in one of ORDERS.

    Words find a name of today or an earlier one, by pinyin and initials too, and
    then also what has ended. Each carries `pairing_count`, the pairings that hold
    on `day`.
    """
    if text:
        communities = communities.filter(_named(text))
    else:
        communities = communities.standing(day)
    if street is not None:
        communities = communities.filter(subdistrict=street)
    if kind:
        communities = communities.filter(kind=kind)
    held = Pairing.objects.on(day).filter(community=models.OuterRef("pk"))
    counted = held.order_by().values("community").annotate(n=models.Count("pk"))
    rows = communities.select_related("subdistrict", "successor").annotate(
        pairing_count=models.functions.Coalesce(models.Subquery(counted.values("n")), 0)
    )
    return rows.order_by(*ORDERS[order])


def _named(text: str) -> models.Q:
    lower = text.strip().lower()
    return (
        models.Q(name__icontains=text)
        | models.Q(pinyin__contains=lower)
        | models.Q(initials__contains=lower)
        | models.Q(pk__in=_formerly_named(text))
    )


def _formerly_named(text: str) -> list[int]:
    """Communities that once bore such a name; there are few, so pinyin is made here."""
    key, lower = normalize_name(text), text.strip().lower()
    return [
        pk
        for pk, name in _former_names().values_list("community_id", "name")
        if key in normalize_name(name) or any(lower in form for form in pinyin_of(name))
    ]


def _former_names() -> models.QuerySet:
    changed = CommunityVersion.objects.exclude(name=models.F("community__name"))
    return changed.order_by("community_id", "-starts_on")


def add_former_names(communities: Iterable[Community]) -> None:
    """Give each community `former_names`, the latest first. Takes one query."""
    by_pk = {community.pk: community for community in communities}
    for community in by_pk.values():
        community.former_names = []
    for row in _former_names().filter(community__in=by_pk):
        names = by_pk[row.community_id].former_names
        if row.name not in names:
            names.append(row.name)


def by_street(
    communities: Iterable[Community],
) -> list[tuple[Subdistrict, list[Community]]]:
    """Each street with its communities, in the order in which they come."""
    groups: dict[int, tuple[Subdistrict, list[Community]]] = {}
    for community in communities:
        street = community.subdistrict
        groups.setdefault(street.pk, (street, []))[1].append(community)
    return list(groups.values())


@dataclass
class CommunityStory:
    """A community on a day: what it was, what came before and what followed."""

    community: Community
    day: date
    versions: list[CommunityVersion]
    predecessors: list[Community] = field(default_factory=list)

    @property
    def then(self) -> CommunityVersion | Community:
        """Name, kind, code and street of the day, the nearest known otherwise."""
        begun = [row for row in self.versions if row.starts_on <= self.day]
        return (begun or self.versions[:1] or [self.community])[-1]

    @property
    def has_begun(self) -> bool:
        """Whether it existed already on the day."""
        return not self.versions or self.versions[0].starts_on <= self.day

    @property
    def begins_on(self) -> date:
        """Its first day."""
        return self.versions[0].starts_on

    @property
    def has_ended(self) -> bool:
        """Whether it had ended before the day."""
        return self.community.has_ended(self.day)

    @property
    def stands(self) -> bool:
        """Whether it existed on the day."""
        return self.has_begun and not self.has_ended

    @property
    def is_otherwise(self) -> bool:
        """Whether name, kind or street of the day are no longer those of today."""
        names = ("name", "official_name", "kind", "code", "subdistrict_id")
        return any(getattr(self.then, n) != getattr(self.community, n) for n in names)


def community_story(community: Community, *, day: date) -> CommunityStory:
    """The history of a community seen from a day. Takes two queries.

    Versions come the oldest first, with their street; predecessors are those that
    had gone into it by the day.
    """
    versions = community.versions.select_related("subdistrict").order_by("starts_on")
    predecessors = community.predecessors.filter(ends_on__lt=day).order_by("ends_on")
    return CommunityStory(community, day, list(versions), list(predecessors))
