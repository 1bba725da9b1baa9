"""What relied on a pairing: later floors say on which days it was needed.

This floor does not know the activities above it. They register a finder in
`AppConfig.ready`, so that a pairing that is ended as of a past day keeps the days on
which something took place under it.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from communities.models import Pairing


class Use(NamedTuple):
    """The last day on which something took place under a pairing, and its title."""

    day: date
    title: str


# Pairings, first and last day, whether only what stays behind when all that is open
# is handed over from the first day on -> number of a pairing to its last use.
UseFinder = Callable[[Collection[Pairing], date, date, bool], dict[int, Use]]

_FINDERS: list[UseFinder] = []


def register_use(find: UseFinder) -> None:
    """Add a finder; a second time changes nothing."""
    if find not in _FINDERS:
        _FINDERS.append(find)


def last_uses(
    pairings: Collection[Pairing], *, first: date, last: date, staying: bool = False
) -> dict[int, Use]:
    """The last use of each pairing between two days, both included; often none.

    With `staying` only by what a merger from `first` on does not hand over. The
    pairings come with `organization` loaded.
    """
    found: dict[int, Use] = {}
    if not pairings or first > last:
        return found
    for find in _FINDERS:
        for pk, use in find(pairings, first, last, staying).items():
            if pk not in found or found[pk].day < use.day:
                found[pk] = use
    return found
