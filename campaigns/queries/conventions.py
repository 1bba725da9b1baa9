"""Reads of the civic convention: versions, counts without names, one's own yes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from accounts.models import User
from campaigns.models import Convention, Pledge
from communities.models import Community, MemberReportIn, Subdistrict
from communities.queries.history import successors

State = Convention.State
# Fewer in one community might be guessed: no figure below it is shown.
FEWEST_SHOWN = 3


@dataclass
class Count:
    """How many said yes: for themselves, and for their households."""

    persons: int = 0
    households: int = 0

    def add(self, number: int, *, is_household: bool) -> None:
        """Count `number` more of one kind."""
        if is_household:
            self.households += number
        else:
            self.persons += number


@dataclass
class PledgeCounts:
    """The yeses to one version, by community of today, and for the district.

    `by_community` holds exact figures and is for computing; pages show `shown_in`,
    which is None below FEWEST_SHOWN, none at all included. The district's figures
    leave out a remainder so small that it would give such a figure away.
    """

    by_community: dict[int, Count]

    def shown_in(self, community_id: int) -> dict[str, int | None]:
        """Persons and households of a community, None for fewer than are shown."""
        count = self.by_community.get(community_id, Count())
        return {
            "persons": _shown(count.persons),
            "households": _shown(count.households),
        }

    @property
    def persons(self) -> int:
        """Persons in the district."""
        return _total(count.persons for count in self.by_community.values())

    @property
    def households(self) -> int:
        """Households in the district."""
        return _total(count.households for count in self.by_community.values())


def _shown(number: int) -> int | None:
    return number if number >= FEWEST_SHOWN else None


def _total(numbers: Iterable[int]) -> int:
    """The sum, without the small ones when together they are fewer than are shown."""
    numbers = list(numbers)
    small = sum(number for number in numbers if number < FEWEST_SHOWN)
    return sum(numbers) - (small if small < FEWEST_SHOWN else 0)


def pledge_counts(convention: Convention) -> PledgeCounts:
    """The live yeses to a version; merged communities count under their successor.

    Two queries, one of them a single GROUP BY over the index `pledge_count`.
    """
    rows = (
        Pledge.objects.filter(convention=convention, withdrawn_at=None)
        .order_by()
        .values_list("community_id", "is_household")
        .annotate(number=models.Count("pk"))
    )
    heirs = successors(Community)
    counts: dict[int, Count] = defaultdict(Count)
    for community_id, is_household, number in rows:
        today = heirs.get(community_id, community_id)
        counts[today].add(number, is_household=is_household)
    return PledgeCounts(dict(counts))


def communities_with_counts(
    convention: Convention, *, text: str = "", street: Subdistrict | None = None
) -> tuple[models.QuerySet, PledgeCounts]:
    """Communities of today by street and code, and the counts of a version."""
    communities = Community.objects.standing().select_related("subdistrict")
    if text:
        communities = communities.search(text)
    if street is not None:
        communities = communities.filter(subdistrict=street)
    ordered = communities.order_by("subdistrict__code", "code")
    return ordered, pledge_counts(convention)


def current_convention() -> Convention | None:
    """The version in force, None before the first."""
    return Convention.objects.filter(state=State.PUBLISHED).first()


def public_conventions() -> models.QuerySet:
    """Versions everyone may read: the one in force and those before it."""
    return Convention.objects.exclude(state=State.DRAFT)


def live_pledges(user: User, convention: Convention) -> list[Pledge]:
    """The person's own yeses to a version: for themselves first."""
    rows = user.pledges.filter(convention=convention, withdrawn_at=None)
    return list(rows.select_related("community").order_by("is_household"))


def likely_community(user: User) -> Community | None:
    """Where the person most likely lives: the report-in's community, or the last yes's.

    Only what stands today.
    """
    homes = MemberReportIn.objects.filter(user=user, state=MemberReportIn.State.ACTIVE)
    ids = [
        homes.values_list("community_id", flat=True).first(),
        user.pledges.order_by("-pk").values_list("community_id", flat=True).first(),
    ]
    standing = Community.objects.standing().in_bulk([pk for pk in ids if pk])
    return next((standing[pk] for pk in ids if pk in standing), None)
