"""Coverage of the two links of leading cadres (双挂钩), as of any day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from accounts.models import User
from communities.models import (
    Leader,
    LeaderLink,
    LeaderTerm,
    LeadingPost,
    Membership,
    Organization,
    Subdistrict,
)
from communities.permissions import Permission, memberships_with, scope_filter
from communities.queries.history import History, organization_history

SLOTS = frozenset(LeaderLink.Slot)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How far persons in office are linked: `leaders` counts each of them once.

    `linked_twice` have both links, `linked_once` one, `missing` none. Vacant posts
    are no persons and stand apart.
    """

    posts: int = 0
    filled: int = 0
    leaders: int = 0
    linked_twice: int = 0
    linked_once: int = 0

    @property
    def vacant(self) -> int:
        return self.posts - self.filled

    @property
    def missing(self) -> int:
        return self.leaders - self.linked_twice - self.linked_once

    @property
    def share(self) -> float | None:
        """Fully linked persons ÷ persons in office, 0-1; None when there are none."""
        return self.linked_twice / self.leaders if self.leaders else None

    @property
    def percent(self) -> int | None:
        """The share in whole percent, rounded down: 100 means everyone."""
        return int(100 * self.linked_twice / self.leaders) if self.leaders else None

    @property
    def has_gaps(self) -> bool:
        """Whether someone in office lacks a link."""
        return self.linked_twice < self.leaders


@dataclass(frozen=True, kw_only=True)
class UnitCoverage(Coverage):
    """The coverage of one unit's team, under the names of the day."""

    organization: Organization
    unit_name: str
    name: str


def leader_coverage(
    day: date, organizations: Iterable[Organization] | None = None
) -> list[UnitCoverage]:
    """Coverage of each unit on `day`, in tree order.

    A unit is an organisation that stood on that day as the highest of its unit, or
    any that had posts then; `organizations` narrows them. A person counts once in
    each unit where they hold a post, with the links they have anywhere.
    """
    among = _queryset(organizations)
    offices = _Offices(day, among)
    history = organization_history()
    return [
        UnitCoverage(
            organization=row,
            unit_name=unit_name_on(history, row, day),
            name=version.name if (version := history.on(row.pk, day)) else row.name,
            **offices.figures({row.pk}),
        )
        for row in _units(day, among, offices, history)
    ]


def district_coverage(
    day: date, organizations: Iterable[Organization] | None = None
) -> Coverage:
    """Coverage of all units together on `day`; a person in two units counts once."""
    offices = _Offices(day, _queryset(organizations))
    return Coverage(**offices.figures(set(offices.posts)))


def _queryset(organizations: Iterable[Organization] | None) -> models.QuerySet:
    if organizations is None:
        return Organization.objects.all()
    if isinstance(organizations, models.QuerySet):
        return organizations
    return Organization.objects.filter(pk__in=[row.pk for row in organizations])


class _Offices:
    """Posts, their holders and the holders' links on one day, in three queries."""

    def __init__(self, day: date, organizations: models.QuerySet) -> None:
        among = organizations.order_by().values("pk")
        posts = LeadingPost.objects.on(day).filter(organization__in=among).order_by()
        self.posts: dict[int, int] = defaultdict(int)
        for pk in posts.values_list("organization_id", flat=True):
            self.posts[pk] += 1
        self.holders: dict[int, list[int]] = defaultdict(list)
        terms = LeaderTerm.objects.on(day).filter(post__in=posts.values("pk"))
        for pk, leader in terms.values_list("post__organization_id", "leader_id"):
            self.holders[pk].append(leader)
        self.slots: dict[int, set[str]] = defaultdict(set)
        links = LeaderLink.objects.on(day).filter(leader__in=terms.values("leader"))
        for leader, slot in links.values_list("leader_id", "slot"):
            self.slots[leader].add(slot)

    def figures(self, organizations: Iterable[int]) -> dict[str, int]:
        """The fields of Coverage for these organisations together."""
        held = [self.holders.get(pk, []) for pk in organizations]
        leaders = {leader for holders in held for leader in holders}
        counts = [len(self.slots.get(leader, ())) for leader in leaders]
        return {
            "posts": sum(self.posts.get(pk, 0) for pk in organizations),
            "filled": sum(map(len, held)),
            "leaders": len(leaders),
            "linked_twice": counts.count(len(SLOTS)),
            "linked_once": counts.count(1),
        }


def _units(
    day: date, organizations: models.QuerySet, offices: _Offices, history: History
) -> list[Organization]:
    rows = organizations.filter(
        models.Q(pk__in=list(offices.posts))
        | models.Q(starts_on__lte=day)
        & (models.Q(ends_on=None) | models.Q(ends_on__gte=day))
    )
    return [
        row
        for row in rows.order_by("path")
        if row.pk in offices.posts or _is_highest(history, row, day)
    ]


def _is_highest(history: History, row: Organization, day: date) -> bool:
    version = history.on(row.pk, day)
    if version is None or version.parent_id is None:
        return True
    parent = history.on(version.parent_id, day)
    return parent is None or parent.unit_name != version.unit_name


def unit_name_on(history: History, row: Organization, day: date) -> str:
    """What the organisation's unit was called on `day`."""
    version = history.on(row.pk, day)
    return version.unit_name if version else row.unit_name


def teams_visible_to(user: User) -> models.QuerySet:
    """Organisations whose leading team the user may see, with the names.

    A unit's officials see the teams of their scope and of their own unit; those of a
    street or community see the units with a leader linked to a community of theirs.
    """
    condition = scope_filter(user, Permission.LEADER_VIEW, organization="self")
    for membership in memberships_with(user, Permission.LEADER_VIEW):
        if membership.role == Membership.Role.UNIT:
            condition |= _own_unit(membership.organization)
    linked = scope_filter(user, Permission.LEADER_VIEW, community="community")
    if any(m.community_id or m.subdistrict_id for m in _holders(user)):
        links = LeaderLink.objects.filter(linked).values("leader")
        terms = LeaderTerm.objects.filter(leader__in=links)
        condition |= models.Q(pk__in=terms.values("post__organization"))
    return Organization.objects.filter(condition)


def _holders(user: User) -> list[Membership]:
    return memberships_with(user, Permission.LEADER_VIEW)


def _own_unit(own: Organization) -> models.Q:
    above = [int(part) for part in (own.path or "").strip("/").split("/") if part]
    return models.Q(pk__in=above, unit_name=own.unit_name)


def leaders_visible_to(user: User) -> models.QuerySet:
    """Persons registered by, or in office at, a team the user may see."""
    teams = teams_visible_to(user).values("pk")
    in_office = LeaderTerm.objects.filter(post__organization__in=teams)
    return Leader.objects.filter(
        models.Q(organization__in=teams) | models.Q(pk__in=in_office.values("leader"))
    )


def organizations_linked_to(street: Subdistrict, *, day: date) -> set[int]:
    """Organisations with someone in office on `day` linked into the street."""
    links = LeaderLink.objects.on(day).filter(community__subdistrict=street)
    terms = LeaderTerm.objects.on(day).filter(leader__in=links.values("leader"))
    return set(terms.values_list("post__organization_id", flat=True))


def filtered_coverage(
    rows: list[UnitCoverage],
    *,
    text: str = "",
    within: set[int] | None = None,
    only_gaps: bool = False,
    sort: str = "unit",
) -> list[UnitCoverage]:
    """Coverage by words of the unit's names, by gaps; the lowest share first."""
    text = text.strip().lower()
    kept = [
        row
        for row in rows
        if (not text or _has_words(row, text))
        and (within is None or row.organization.pk in within)
        and (not only_gaps or row.has_gaps)
    ]
    if sort == "share":
        kept.sort(key=lambda row: (row.share is None, row.share or 0))
    return kept


def _has_words(row: UnitCoverage, text: str) -> bool:
    organization = row.organization
    return any(
        text in (name or "").lower()
        for name in (
            row.unit_name,
            row.name,
            organization.name,
            organization.unit_name,
            organization.pinyin,
            organization.initials,
        )
    )
