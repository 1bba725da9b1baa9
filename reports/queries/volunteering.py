"""The rows behind the reports of turnout and of hours; counts of persons, no names."""

from dataclasses import replace
from datetime import datetime

from django.db.models import (
    Case,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Activity
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, of_place, of_work
from volunteers.models import ServiceRecord, Shift, Signup
from volunteers.queries.hours_desk import to_be_settled_before

SETTLED, UNSETTLED, OVERDUE = "settled", "unsettled", "overdue"
NOBODY, CANCELLED = "nobody", "cancelled"
# What became of a shift that is over; "overdue" are some of the unsettled.
TURNOUT_STATES = [
    (SETTLED, _("已结算")),
    (UNSETTLED, _("待结算")),
    (NOBODY, _("无人报名")),
    (CANCELLED, _("已取消")),
]
OVERDUE_CHOICE = (OVERDUE, _("逾期未结算"))
# The same as conditions on columns: of a CASE the database cannot guess how many.
_PENDING = ~Q(state__in=[Shift.State.CANCELLED, Shift.State.SETTLED])
_OUTCOMES = {
    SETTLED: Q(state=Shift.State.SETTLED),
    UNSETTLED: _PENDING & ~Q(taken=0),
    NOBODY: _PENDING & Q(taken=0),
    CANCELLED: Q(state=Shift.State.CANCELLED),
}


def reported_shifts(
    user: User, filters: Filters, *, now: datetime | None = None
) -> QuerySet[Shift]:
    """Shifts that are over or were cancelled, the latest record first; none of drafts.

    The state asked for is one of `TURNOUT_STATES` or "overdue". They carry `outcome`,
    one of `TURNOUT_STATES`, `settled_at`, and the heads that `attended` by sub-query, 0
    before the settlement. Nobody is named, nor counted who did not come.
    """
    now = now or timezone.now()
    shifts = Shift.objects.exclude(activity__state=Activity.State.DRAFT).filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="activity__organization",
            community="community",
        ),
        Q(state=Shift.State.CANCELLED) | Q(ends_at__lte=now),
        of_work(replace(filters, state=""), "activity__", moment="starts_at"),
        of_place(filters, "community"),
    )
    rows = shifts.annotate(outcome=_outcome())
    if filters.state == OVERDUE:
        before = to_be_settled_before(timezone.localdate(now))
        rows = rows.filter(_OUTCOMES[UNSETTLED], ends_at__lt=before)
    elif filters.state:
        rows = rows.filter(_OUTCOMES[filters.state])
    return rows.annotate(
        attended=_heads_of(
            Signup.State.ATTENDED, Coalesce("attendance__heads", "heads")
        ),
        settled_at=Case(When(state=Shift.State.SETTLED, then=F("state_changed_at"))),
    ).order_by("-pk")


def attended_signups(shifts: QuerySet[Shift]) -> QuerySet[Signup]:
    """Sign-ups of those who came to these shifts, with `came`: how many heads.

    Their sum is that of the shifts' `attended`, without a sub-query for each.
    """
    return Signup.objects.filter(
        state=Signup.State.ATTENDED, shift__in=shifts.order_by().values("pk")
    ).annotate(came=Coalesce("attendance__heads", "heads"))


def reported_records(user: User, filters: Filters) -> QuerySet[ServiceRecord]:
    """Service records the user may export, the latest record first.

    Corrected and voided ones only when that state is asked for: what stands in their
    place is a record of its own, so minutes add up. They carry `community_number`,
    the shift's community, without a shift the activity's, and `hours`: the minutes.
    """
    rows = ServiceRecord.objects.filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="activity__organization",
            community="activity__community",
        ),
        of_work(filters, "activity__", moment="starts_at"),
        _place_of_service(filters),
    )
    if not filters.state:
        rows = rows.exclude(
            state__in=[ServiceRecord.State.CORRECTED, ServiceRecord.State.VOIDED]
        )
    return rows.annotate(
        community_number=Case(
            When(shift=None, then=F("activity__community")),
            default=F("shift__community"),
        ),
        hours=F("minutes"),
    ).order_by("-pk")


def _place_of_service(filters: Filters) -> Q:
    if not (filters.street or filters.community):
        return Q()
    alone = Q(shift=None) & of_place(filters, "activity__community")
    return of_place(filters, "shift__community") | alone


def _outcome() -> Case:
    return Case(
        When(state=Shift.State.CANCELLED, then=Value(CANCELLED)),
        When(state=Shift.State.SETTLED, then=Value(SETTLED)),
        When(taken=0, then=Value(NOBODY)),
        default=Value(UNSETTLED),
    )


def _heads_of(state: str, heads: Expression) -> Coalesce:
    """The heads of the shift's sign-ups in this state."""
    signups = Signup.objects.filter(shift=OuterRef("pk"), state=state).order_by()
    sums = signups.values("shift").annotate(sum=Sum(heads)).values("sum")
    return Coalesce(Subquery(sums, output_field=IntegerField()), 0)
