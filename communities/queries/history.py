"""Names of the day: what organisations and communities were called, and belonged to."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from communities.models import (
    Community,
    CommunityVersion,
    Organization,
    OrganizationVersion,
)

Version = OrganizationVersion | CommunityVersion


class History:
    """The versions of many organisations or communities, read in one query.

    `ids` narrows what is read, and brings the parent or street of each version along;
    without them, everything (a few thousand rows).
    """

    def __init__(self, model: type[Version], ids: Iterable[int] | None = None) -> None:
        self._name = (
            "organization_id" if model is OrganizationVersion else "community_id"
        )
        place = "parent" if model is OrganizationVersion else "subdistrict"
        rows = model.objects.order_by("starts_on")
        if ids is not None:
            rows = rows.filter(**{f"{self._name}__in": set(ids)})
            rows = rows.select_related(place)
        self._versions: dict[int, list[Version]] = defaultdict(list)
        for version in rows:
            self._versions[getattr(version, self._name)].append(version)

    def on(self, pk: int, day: date) -> Version | None:
        """The version of `day`; before the first the first, after the last the last.

        None only for what has no history at all.
        """
        versions = self._versions.get(pk)
        if not versions:
            return None
        place = bisect_right(versions, day, key=lambda version: version.starts_on)
        return versions[max(place - 1, 0)]

    def __iter__(self) -> Iterator[int]:
        """The numbers of all that have a history."""
        return iter(self._versions)

    def of(self, pk: int) -> list[Version]:
        """All versions of one, the oldest first."""
        return self._versions.get(pk, [])


def organization_history(ids: Iterable[int] | None = None) -> History:
    """The versions of organisations."""
    return History(OrganizationVersion, ids)


def community_history(ids: Iterable[int] | None = None) -> History:
    """The versions of communities."""
    return History(CommunityVersion, ids)


def successors(model: type[Organization] | type[Community]) -> dict[int, int]:
    """Who stands for a merged organisation or community today.

    Dict of number to number, for those with a successor; chains are followed to
    their end. Figures "by the boundary of today" count under these.
    """
    rows = model.objects.exclude(successor=None).values_list("pk", "successor_id")
    following = dict(rows)
    return {pk: _last(pk, following) for pk in following}


def _last(pk: int, following: dict[int, int]) -> int:
    seen = {pk}
    while (next_one := following.get(pk)) is not None and next_one not in seen:
        seen.add(next_one)
        pk = next_one
    return pk


def organizations_below_on(pk: int, day: date) -> set[int]:
    """The organisation and all that stood below it in the tree of `day`."""
    children = defaultdict(set)
    rows = OrganizationVersion.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day
    )
    for child, parent in rows.values_list("organization_id", "parent_id"):
        children[parent].add(child)
    found, waiting = {pk}, [pk]
    while waiting:
        below = children[waiting.pop()] - found
        found |= below
        waiting.extend(below)
    return found
