"""The rows behind the reports of whistles and of what the units asked did."""

from datetime import datetime

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    Expression,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Whistle, WhistleEntry, WhistleResponse
from campaigns.queries.whistle_rows import with_due
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, of_organization, of_place, within_days
from reports.whistle_rates import (
    IN_TIME,
    OF_RESPONSES,
    Figure,
    Question,
    answer_due,
    due_by,
    rows_behind,
)

State = WhistleResponse.State
OVERDUE = "overdue"
_OVERDUE_CHOICE = (OVERDUE, _("已超时"))
RATED_FIGURES = {
    figure.value: figure.label for figure in Figure if figure not in OF_RESPONSES
}
ANSWER_FIGURES = {figure.value: figure.label for figure in OF_RESPONSES}
# A rated whistle is closed at once, so that both words mean the figures of the rates.
WHISTLE_STATES = [
    *(
        choice
        for choice in Whistle.State.choices
        if choice[0] not in {Whistle.UNSENT.value, *RATED_FIGURES}
    ),
    _OVERDUE_CHOICE,
    *RATED_FIGURES.items(),
]
RESPONSE_STATES = [*State.choices, _OVERDUE_CHOICE, *ANSWER_FIGURES.items()]


def reported_whistles(
    user: User, filters: Filters, *, now: datetime | None = None
) -> QuerySet[Whistle]:
    """Issued whistles the user may export, the latest first; no drafts.

    The state asked for is one of `WHISTLE_STATES`. For a figure of the rates the rows
    are exactly those the rates count, of the days on which the whistles were closed;
    otherwise the days are those of issue. Of an organisation: whistles it was asked
    about. They carry `dispatched_at`, `next_due_at`, `handled_minutes` (working
    minutes of the slowest unit that delivered) and `is_on_time`, None for what the
    rates do not count as closed.
    """
    now = now or timezone.now()
    asked = _responses(user, filters)
    rows = Whistle.objects.filter(
        scope_filter(user, Permission.REPORT_EXPORT, community="community"),
        of_place(filters, "community"),
        issued_at__isnull=False,
    )
    if filters.organization or filters.organization_text:
        rows = rows.filter(pk__in=asked.values("whistle"))
    moment = "ended_at" if filters.state in RATED_FIGURES else "issued_at"
    rows = with_due(rows.filter(within_days(filters, moment)))
    if filters.state in RATED_FIGURES:
        counted = rows_behind(Question(asked, None, None, now), Figure(filters.state))
        rows = rows.filter(pk__in=counted.order_by().values("pk"))
    elif filters.state == OVERDUE:
        rows = rows.under_way().filter(next_due_at__lt=now)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    return rows.annotate(**_course(asked)).order_by("-issued_at", "-pk")


def reported_responses(
    user: User, filters: Filters, *, now: datetime | None = None
) -> QuerySet[WhistleResponse]:
    """Units asked about whistles, as far as the user may export, the latest first.

    The state asked for is one of `RESPONSE_STATES`. For a figure of the rates the
    rows are exactly those the rates count, of the days on which the answers were due;
    otherwise the days are those on which the units were asked. They carry `moment`,
    when the answer was due, `return_reason`, `is_late` and `handled_minutes` (working
    minutes) of what was delivered, and `is_in_time`, None for what the rates leave
    out: True or False are `due`, True alone `in_time`.
    """
    now = now or timezone.now()
    rows = _responses(user, filters).annotate(moment=answer_due())
    moment = "moment" if filters.state in ANSWER_FIGURES else "asked_at"
    rows = rows.filter(within_days(filters, moment))
    if filters.state in ANSWER_FIGURES:
        rows = rows.filter(due_by(now))
        if filters.state == Figure.IN_TIME:
            rows = rows.filter(IN_TIME)
    elif filters.state == OVERDUE:
        rows = rows.filter(state__in=WhistleResponse.OPEN_STATES, due_at__lt=now)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    reasons = WhistleEntry.objects.filter(
        response=OuterRef("pk"), kind=WhistleEntry.Kind.RETURNED
    )
    return rows.annotate(
        is_in_time=Case(
            When(due_by(now) & IN_TIME, then=Value(True)),
            When(due_by(now), then=Value(False)),
            default=None,
            output_field=BooleanField(null=True),
        ),
        return_reason=Subquery(reasons.order_by("-pk").values("text")[:1]),
        is_late=Case(When(delivered_at__isnull=False, then="delivered_late")),
        handled_minutes=Case(When(state=State.DELIVERED, then="clock_used")),
    ).order_by("-pk")


def _responses(user: User, filters: Filters) -> QuerySet[WhistleResponse]:
    """Of all days and states."""
    return WhistleResponse.objects.filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="whistle__community",
        ),
        of_organization(filters, "organization"),
        of_place(filters, "whistle__community"),
    ).order_by()


def _course(asked: QuerySet[WhistleResponse]) -> dict[str, Expression]:
    """How each whistle went; late are those of whom one unit `asked` was late."""
    own = WhistleResponse.objects.filter(whistle=OuterRef("pk")).order_by()
    delivered = asked.filter(whistle=OuterRef("pk"), state=State.DELIVERED)
    late = delivered.filter(delivered_late=True)
    is_closed = Q(state=Whistle.State.CLOSED)
    return {
        "dispatched_at": _figure_of(own, Min("asked_at")),
        "handled_minutes": _figure_of(
            own.filter(state=State.DELIVERED), Max("clock_used")
        ),
        "is_on_time": Case(
            When(is_closed & Exists(late), then=Value(False)),
            When(is_closed & Exists(delivered), then=Value(True)),
            default=None,
            output_field=BooleanField(null=True),
        ),
    }


def _figure_of(rows: QuerySet[WhistleResponse], figure: Max | Min) -> Subquery:
    return Subquery(rows.values("whistle").annotate(figure=figure).values("figure"))
