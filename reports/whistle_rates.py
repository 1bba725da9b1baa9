"""How whistles are answered, as rates: by unit, street, community, category, month.

Rates, exactly (PRODUCT section 4): response = accepted in time ÷ due; on time = closed
in time ÷ closed; resolution = rated "solved" ÷ rated; satisfaction = satisfied ÷ rated.
Withdrawn and merged leave both sides; unrated are shown apart. Units are compared,
persons are not. Names are today's; what was merged stands under its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Whistle, WhistleCategory, WhistleResponse
from communities.models import Community, Organization, Subdistrict
from communities.permissions import Permission, scope_filter
from reports.periods import month_begun, month_of, month_text, months_between, within

State = WhistleResponse.State


class Figure(models.TextChoices):
    """What a figure counts: responses the first two, closed whistles the others."""

    DUE = "due", gettext_lazy("应响应")
    IN_TIME = "in_time", gettext_lazy("按时响应")
    CLOSED = "closed", gettext_lazy("已办结")
    ON_TIME = "on_time", gettext_lazy("按时办结")
    RATED = "rated", gettext_lazy("已评价")
    SOLVED = "solved", gettext_lazy("评价为已解决")
    SATISFIED = "satisfied", gettext_lazy("评价为满意")
    UNRATED = "unrated", gettext_lazy("未评价")


class Group(models.TextChoices):
    """What a row stands for."""

    UNIT = "unit", gettext_lazy("单位")
    STREET = "street", gettext_lazy("街道（镇）")
    COMMUNITY = "community", gettext_lazy("社区（村）")
    CATEGORY = "category", gettext_lazy("类别")
    MONTH = "month", gettext_lazy("月份")


OF_RESPONSES = (Figure.DUE, Figure.IN_TIME)
RATES: tuple[tuple[str | Promise, Figure, Figure], ...] = (
    (gettext_lazy("响应率"), Figure.IN_TIME, Figure.DUE),
    (gettext_lazy("按时办结率"), Figure.ON_TIME, Figure.CLOSED),
    (gettext_lazy("解决率"), Figure.SOLVED, Figure.RATED),
    (gettext_lazy("满意率"), Figure.SATISFIED, Figure.RATED),
)
# From a response to what a row stands for, and the records that have the names.
_KEYS = {
    Group.UNIT: ("organization", Organization.objects.all()),
    Group.STREET: ("whistle__community__subdistrict", Subdistrict.objects.all()),
    Group.COMMUNITY: (
        "whistle__community",
        Community.objects.select_related("subdistrict"),
    ),
    Group.CATEGORY: ("whistle__category", WhistleCategory.objects.all()),
}
# Further conditions: of responses due, and of delivered responses of closed whistles.
IN_TIME = models.Q(accepted_at__lte=models.F("accept_due_at"))
_RATED = ~models.Q(whistle__resolution="")
_OF_WHISTLES = {
    Figure.CLOSED: models.Q(),
    Figure.RATED: _RATED,
    Figure.SOLVED: models.Q(whistle__resolution=Whistle.Resolution.SOLVED),
    Figure.SATISFIED: models.Q(whistle__is_satisfied=True),
    Figure.UNRATED: ~_RATED,
}
_LATE = models.Q(delivered_late=True)


@dataclass(frozen=True)
class Question:
    """What is asked: which responses, the months (None is open), as of which moment."""

    responses: models.QuerySet[WhistleResponse]
    first: date | None
    last: date | None
    now: datetime


@dataclass(frozen=True)
class Rate:
    """One rate: `part` of `whole`, and the figures the rows are found by."""

    title: str | Promise
    part_figure: Figure
    whole_figure: Figure
    part: int
    whole: int

    @property
    def percent(self) -> str:
        """With one decimal, halves up; "—" when there is nothing to divide by."""
        if not self.whole:
            return "—"
        share = Decimal(100 * self.part) / self.whole
        return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


@dataclass
class Row:
    """The figures of one unit, street, community, category or month, or of all."""

    key: int | date | None
    label: str
    note: str = ""
    counts: dict[Figure, int] = field(default_factory=lambda: dict.fromkeys(Figure, 0))

    @property
    def rates(self) -> list[Rate]:
        """The four rates."""
        return [
            Rate(title, part, whole, self.counts[part], self.counts[whole])
            for title, part, whole in RATES
        ]

    @property
    def unrated(self) -> int:
        """Closed without a rating; in no rate."""
        return self.counts[Figure.UNRATED]


def responses_in_scope(user: User) -> models.QuerySet[WhistleResponse]:
    """Responses the user's roles cover: of own organisations, or of own places."""
    return WhistleResponse.objects.filter(
        scope_filter(
            user,
            Permission.WHISTLE_VIEW,
            organization="organization",
            community="whistle__community",
        )
    ).order_by()


def months_of(
    responses: models.QuerySet[WhistleResponse], *, now: datetime
) -> list[date]:
    """Months that can hold a figure, the first one first; at least the present one.

    An answer accepted today may have been due next month.
    """
    found = responses.aggregate(
        first=models.Min("asked_at"), last=models.Max("accept_due_at")
    )
    present = month_of(timezone.localdate(now))
    ends = [month_of(timezone.localdate(at)) for at in found.values() if at]
    return months_between(min([present, *ends]), max([present, *ends]))


def rates_by(question: Question, group: Group) -> list[Row]:
    """A row for each unit, street … that has figures; the latest month first.

    A whistle that several units delivered counts for each of them in the rows by
    unit, and there whether a unit was late is read off its own response.
    """
    counted: dict[int | date, dict[Figure, int]] = {}
    for rows, counts in (
        (_due(question), _response_counts()),
        (_delivered(question), _whistle_counts()),
    ):
        keyed = rows.annotate(key=_key(rows, group)).values("key")
        for found in keyed.annotate(**counts):
            counted.setdefault(found["key"], {}).update(found)
    rows = _named(group, counted)
    for row in rows:
        _count(row, counted[row.key])
    return [row for row in rows if any(row.counts.values())]


def total_of(question: Question) -> Row:
    """All of it: each response once, each whistle once."""
    total = Row(None, _("合计"))
    _count(total, _due(question).aggregate(**_response_counts()))
    _count(total, _delivered(question).aggregate(**_whistle_counts()))
    return total


def rows_behind(
    question: Question, figure: Figure
) -> models.QuerySet[WhistleResponse] | models.QuerySet[Whistle]:
    """Exactly what a figure counts, the latest first: responses, or closed whistles.

    Responses come with `moment`, when the answer was due; whistles with `delivered`,
    the responses that are counted.
    """
    if figure in OF_RESPONSES:
        return _responses_behind(question, figure)
    return _whistles_behind(question, figure)


def _responses_behind(
    question: Question, figure: Figure
) -> models.QuerySet[WhistleResponse]:
    rows = _due(question)
    if figure == Figure.IN_TIME:
        rows = rows.filter(IN_TIME)
    rows = rows.select_related("organization", "whistle__community")
    return rows.order_by("-moment", "-pk")


def _whistles_behind(question: Question, figure: Figure) -> models.QuerySet[Whistle]:
    delivered = _delivered(question)
    if figure == Figure.ON_TIME:
        rows = _whistles_of(delivered).exclude(
            pk__in=delivered.filter(_LATE).values("whistle")
        )
    else:
        rows = _whistles_of(delivered.filter(_OF_WHISTLES[figure]))
    counted = delivered.select_related("organization").order_by("pk")
    return (
        rows.select_related("community")
        .prefetch_related(models.Prefetch("responses", counted, to_attr="delivered"))
        .order_by("-ended_at", "-pk")
    )


def _whistles_of(
    responses: models.QuerySet[WhistleResponse],
) -> models.QuerySet[Whistle]:
    return Whistle.objects.filter(pk__in=responses.values("whistle"))


def _due(question: Question) -> models.QuerySet[WhistleResponse]:
    """Responses whose answer was due by now, or was given; `moment` says when due."""
    return (
        question.responses.annotate(moment=answer_due())
        .filter(due_by(question.now))
        .filter(within("moment", question.first, question.last))
    )


def answer_due() -> models.Case:
    """When a response's answer is or was due.

    Returned ones have no such moment: they never became due.
    """
    asked = models.When(state=State.ASKED, then="due_at")
    return models.Case(asked, default="accept_due_at")


def due_by(now: datetime) -> models.Q:
    """The condition of responses that count as due; `moment` is their `answer_due`."""
    accepted = models.Q(accepted_at__isnull=False, moment__isnull=False)
    out = (Whistle.State.WITHDRAWN, Whistle.State.MERGED)
    return (accepted | models.Q(moment__lte=now)) & ~models.Q(whistle__state__in=out)


def _delivered(question: Question) -> models.QuerySet[WhistleResponse]:
    """Delivered responses of closed whistles; `moment` is the whistle's end."""
    return (
        question.responses.filter(
            state=State.DELIVERED, whistle__state=Whistle.State.CLOSED
        )
        .annotate(moment=models.F("whistle__ended_at"))
        .filter(within("moment", question.first, question.last))
    )


def _response_counts() -> dict[str, models.Aggregate]:
    return {
        Figure.DUE.value: models.Count("pk"),
        Figure.IN_TIME.value: models.Count("pk", filter=IN_TIME),
    }


def _whistle_counts() -> dict[str, models.Aggregate]:
    """Each whistle once, however many have delivered; one late makes it late."""
    counts = {
        figure.value: models.Count("whistle", filter=condition, distinct=True)
        for figure, condition in _OF_WHISTLES.items()
    }
    late = models.Count("whistle", filter=_LATE, distinct=True)
    return counts | {
        Figure.ON_TIME.value: models.Count("whistle", distinct=True) - late
    }


def _key(
    rows: models.QuerySet[WhistleResponse], group: Group
) -> models.F | models.functions.TruncMonth:
    if group == Group.MONTH:
        return month_begun("moment")
    return models.F(_KEYS[group][0])


def _named(group: Group, keys: Iterable[int | date]) -> list[Row]:
    """Empty rows with their labels, in the order of the registers."""
    if group == Group.MONTH:
        return [Row(month, month_text(month)) for month in sorted(keys, reverse=True)]
    records = _KEYS[group][1].filter(pk__in=list(keys))
    return [Row(record.pk, str(record), _note(record)) for record in records]


def _note(record: models.Model) -> str:
    """What is said beside the name: the street, or that it is over."""
    if isinstance(record, Community):
        return record.end_label or record.subdistrict.name
    if isinstance(record, Organization) and record.is_over:
        return record.get_state_display()
    return ""


def _count(row: Row, found: dict[str, object]) -> None:
    for figure in Figure:
        if figure.value in found:
            row.counts[figure] = found[figure.value]
