"""How far organisations have come in a campaign: organisation by pillar.

What is counted are activities, once in each row and once in the sums, however many
organisations of the row held them together. Persons are not compared. Source: issue
"Work by pillar", district view of progress.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    Activity,
    Campaign,
    FrozenFigure,
    Initiative,
    Pillar,
)
from campaigns.queries.tallies import tallies_of
from campaigns.queries.words import pillar_history
from reports.periods import begins_within, next_month
from reports.progress_tree import Place, Tree

State = Activity.State
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
SPANS = ("unit", "below", "self", "all")


class Kind(models.TextChoices):
    """What a figure counts."""

    APPROVED = "approved", _("已通过")
    WAITING = "waiting", _("待审核")
    ADDENDUM = "addendum", _("补充台账")


KINDS = len(Kind)


@dataclass
class Cell:
    """Activities of one row under one pillar; `target` None without one."""

    pillar: Pillar | None
    title: str
    approved: int = 0
    waiting: int = 0
    addendum: int = 0
    target: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.approved or self.waiting or self.addendum)


@dataclass(eq=False)
class Row:
    """Organisations counted together: `span` says which of those under `place`.

    `figures` are three for each of the pillars, in the order of `Kind`.
    """

    place: Place | None
    span: str
    members: set[int]
    figures: list[int] = field(default_factory=list)
    pillars: list[Cell] = field(default_factory=list)
    targets: dict[int, int] = field(default_factory=dict)

    @cached_property
    def cells(self) -> list[Cell]:
        """A cell for each pillar; the last one is their sum."""
        cells = [
            Cell(
                cell.pillar,
                cell.title,
                *self.figures[place * KINDS : (place + 1) * KINDS],
                target=self.targets.get(cell.pillar.pk),
            )
            for place, cell in enumerate(self.pillars)
        ]
        sums = (sum(self.figures[kind::KINDS]) for kind in range(KINDS))
        target = sum(self.targets.values()) or None
        return [*cells, Cell(None, gettext("合计"), *sums, target=target)]

    @property
    def is_empty(self) -> bool:
        return not any(self.figures)

    @property
    def label(self) -> str:
        """The unit's name, or the organisation's below the level of units."""
        return self.place.unit_name if self.span == "unit" else self.place.name

    @property
    def note(self) -> str:
        """What the row is beyond its label."""
        if self.span == "self" and self.place.children:
            return gettext("本级")
        return "" if self.place.is_standing else gettext("已合并或撤销")

    @property
    def opens(self) -> bool:
        """Whether there is a level below to look into."""
        return self.span != "self" and bool(self.place.children)


@dataclass
class Question:
    """What is asked: a campaign and the months; None stands for all of them."""

    campaign: Campaign
    months: tuple[date, date] | None
    today: date

    def within(self) -> models.Q:
        """The condition of activities of these months."""
        return begins_within(*self.months) if self.months else models.Q()


@dataclass
class Progress:
    """The rows with their sum; figures are those of `as_of`."""

    rows: list[Row]
    total: Row
    pillars: list[Cell]
    as_of: datetime
    has_targets: bool


def progress_of(question: Question, tree: Tree, *, below: int | None) -> Progress:
    """The matrix of the units in the tree, or of what is below an organisation.

    Units that are over and have nothing are left out. The last cell of a row is its
    sum.
    """
    rows = rows_below(tree, below) if below else rows_of_units(tree)
    everyone = set().union(*(row.members for row in rows))
    place = tree.places[below] if below else None
    total = Row(place, "below" if below else "all", everyone)
    pillars = _pillars(question)
    _count(question, rows, total, [cell.pillar.pk for cell in pillars])
    targets = _targets(question) if question.campaign.shows_targets else {}
    for row in [*rows, total]:
        row.pillars = pillars
        if row.span == "unit":  # its parts have no target of their own
            row.targets = targets
    return Progress(
        rows=[row for row in rows if row.place.is_standing or not row.is_empty],
        total=total,
        pillars=pillars,
        as_of=question.campaign.frozen_at or timezone.now(),
        has_targets=bool(targets),
    )


def rows_of_units(tree: Tree) -> list[Row]:
    """A row for each unit: its highest organisation and what is below it there."""
    return [
        Row(place, "unit", {member.pk for member in tree.of_unit(place.pk)})
        for place in tree.tops
    ]


def rows_below(tree: Tree, pk: int) -> list[Row]:
    """A row for the organisation alone and one for each branch below it."""
    place = tree.places[pk]
    rows = [Row(place, "self", {pk})]
    for child in place.children:
        members = {member.pk for member in tree.below(child)}
        rows.append(Row(tree.places[child], "below", members))
    return rows


def members_of(tree: Tree, pk: int | None, span: str) -> set[int]:
    """The organisations whose activities a cell counts."""
    if pk is None:
        return set(tree.places)
    if span == "self":
        return {pk}
    if span == "unit":
        return {member.pk for member in tree.of_unit(pk)}
    return {member.pk for member in tree.below(pk)}


def activities_behind(
    question: Question, members: Iterable[int], pillar: Pillar | None, kind: str
) -> models.QuerySet[Activity]:
    """What a cell counts, the latest first; without a pillar what the sum counts."""
    rows = Activity.objects.filter(
        _is(kind), question.within(), campaign=question.campaign
    ).owned_by(members)
    if pillar is not None:
        rows = rows.filter(pillar=pillar)
    return rows.order_by("-starts_at", "-pk")


def _is(kind: str) -> models.Q:
    if kind == Kind.WAITING:
        return models.Q(state=State.SUBMITTED)
    return models.Q(state=State.APPROVED, in_addendum=kind == Kind.ADDENDUM)


def _count(question: Question, rows: list[Row], total: Row, pillars: list[int]) -> None:
    """Write the figures into the rows, which have no organisation in common.

    An activity counts once in each row that has owners of it, and once in the sum.
    Approved ones of a frozen campaign are those written down on that day, for each
    owner; the counters only say which of them are the same activity.
    """
    place_of = {pillar: place * KINDS for place, pillar in enumerate(pillars)}
    for row in [*rows, total]:
        row.figures = [0] * len(pillars) * KINDS
    row_of = {member: row for row in rows for member in row.members}
    is_frozen, joint = question.campaign.is_frozen, []
    for owners, lead, pillar, approved, waiting, addendum in tallies_of(
        question.campaign, months=question.months
    ):
        place = place_of[pillar]
        if owners:
            joint.append((owners, place, approved, waiting, addendum))
        elif lead in row_of:
            figures = row_of[lead].figures
            figures[place] += 0 if is_frozen else approved  # the frozen rows have it
            figures[place + 1] += waiting
            figures[place + 2] += addendum
    total.figures = list(
        map(sum, zip(*(row.figures for row in [*rows, total]), strict=True))
    )
    held: dict[str, list[tuple[Row, int]]] = {}
    for owners, place, approved, waiting, addendum in joint:
        if owners not in held:
            held[owners] = _held(owners, row_of, total)
        for row, times in held[owners]:
            # The frozen rows have it once for each of so many owners.
            figures = row.figures
            figures[place] += approved * (1 - times) if is_frozen else approved
            figures[place + 1] += waiting
            figures[place + 2] += addendum
    for owner, pillar, count in _frozen(question) if is_frozen else ():
        for row in (row_of[owner], total) if owner in row_of else ():
            row.figures[place_of[pillar]] += count


def _held(owners: str, row_of: dict[int, Row], total: Row) -> list[tuple[Row, int]]:
    """The rows these owners stand in and the sum, with how many of them each has."""
    found = [row_of.get(int(owner)) for owner in owners.split(",")]
    held = [row for row in found if row]
    rows = [(row, held.count(row)) for row in set(held)]
    return [*rows, (total, len(held))] if held else []


def _frozen(question: Question) -> models.QuerySet:
    rows = FrozenFigure.objects.filter(campaign=question.campaign).order_by()
    if question.months:
        rows = rows.filter(month__range=question.months)
    grouped = rows.values_list("organization_id", "pillar_id")
    return grouped.annotate(models.Sum("activity_count"))


def _pillars(question: Question) -> list[Cell]:
    """Empty cells under the titles of the last day that is asked for."""
    last = question.months[1] if question.months else question.today
    titles = pillar_history()
    day = min(next_month(last) - timedelta(days=1), question.today)
    return [
        Cell(pillar, (titles.on(pillar.pk, day) or pillar).title)
        for pillar in Pillar.objects.all()
    ]


def _targets(question: Question) -> dict[int, int]:
    """Pillar to what a unit should have done by now: target × periods begun.

    A month, quarter or year of the calendar has begun when one of its days is over
    or today, between the first and the last day that is asked for.
    """
    campaign = question.campaign
    first, last = campaign.starts_on, min(campaign.ends_on or date.max, question.today)
    if question.months:
        first = max(first, question.months[0])
        last = min(last, next_month(question.months[1]) - timedelta(days=1))
    targets: dict[int, int] = Counter()
    wanted = Initiative.objects.filter(is_open=True, target_count__isnull=False)
    for pillar, count, period in wanted.values_list(
        "pillar_id", "target_count", "target_period"
    ):
        targets[pillar] += count * _periods(first, last, MONTHS_IN[period])
    return targets


def _periods(first: date, last: date, length: int) -> int:
    """How many periods of the calendar, `length` months long, have days in between."""
    if first > last:
        return 0
    begun, ended = ((day.year * 12 + day.month - 1) // length for day in (first, last))
    return ended - begun + 1
