"""Which organisations stand in which row of the progress matrix."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from campaigns.models import Campaign
from campaigns.queries.frozen_tree import PlaceThen, places_at_freeze
from communities.models import Organization


@dataclass
class Place:
    """An organisation in the tree; `top` is the highest of its unit in scope."""

    pk: int
    name: str
    unit_name: str
    parent_id: int | None
    state: str
    top: int = 0
    children: list[int] = field(default_factory=list)
    is_merged: bool = False

    def __post_init__(self) -> None:
        self.is_merged = self.state == Organization.State.MERGED

    def stand_as(self, then: PlaceThen) -> None:
        """Take name and place of another day; what it is today stays known."""
        self.name, self.unit_name = then.name, then.unit_name
        self.parent_id, self.is_merged = then.parent_id, then.is_merged

    @property
    def is_standing(self) -> bool:
        return self.state in Organization.STANDING_STATES


def places_of(organizations: QuerySet) -> QuerySet:
    """What a tree is made of: a row for each organisation, in the order of today."""
    names = ("pk", "name", "unit_name", "parent_id", "state")
    return organizations.order_by("path").values_list(*names)


class Tree:
    """The organisations somebody may see, as they stood for a campaign.

    Of a frozen campaign with the names and places of the day it was frozen. The
    parent of the highest may be out of scope.
    """

    def __init__(self, organizations: QuerySet, campaign: Campaign) -> None:
        self.places = {pk: Place(pk, *rest) for pk, *rest in places_of(organizations)}
        if campaign.frozen_at:
            then = places_at_freeze(campaign)
            for place in self.places.values():
                place.stand_as(then[place.pk])
        for place in self.places.values():
            if place.parent_id in self.places:
                self.places[place.parent_id].children.append(place.pk)
        self.places = {place.pk: place for place in self._in_order()}
        self._find_tops()
        self._units: dict[int, list[Place]] = defaultdict(list)
        for place in self.places.values():
            self._units[place.top].append(place)

    def _in_order(self) -> Iterator[Place]:
        for place in self.places.values():
            if place.parent_id not in self.places:
                yield from self.below(place.pk)

    def _find_tops(self) -> None:
        for place in self.places.values():
            above = self.places.get(place.parent_id)
            is_of_unit = above and (
                above.unit_name == place.unit_name or place.is_merged
            )
            place.top = above.top if is_of_unit else place.pk

    def below(self, pk: int) -> Iterator[Place]:
        """The organisation and all below it, parents before their children."""
        waiting = [pk]
        while waiting:
            place = self.places[waiting.pop()]
            yield place
            waiting.extend(reversed(place.children))

    def of_unit(self, top: int) -> list[Place]:
        """The organisations of the unit whose highest this is."""
        return self._units[top]

    @property
    def tops(self) -> list[Place]:
        """The highest organisation of each unit, in the order of the tree."""
        return [self.places[top] for top in self._units]
