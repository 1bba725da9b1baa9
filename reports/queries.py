"""The rows behind each report: what a reader may export, narrowed by filters."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity, Campaign, Evidence, Pillar
from communities.models import Organization
from communities.permissions import Permission, scope_filter
from volunteers.models import Shift, Signup


@dataclass(frozen=True)
class Filters:
    """What the reader asks for; None and "" narrow nothing.

    `organization` stands for itself and all below it, `organization_text` for every
    organisation it names and all below those. Both days of the period count. `boundary`
    narrows nothing: it says which day's names are shown, "" those of the row's day.
    """

    campaign: Campaign | None = None
    pillar: Pillar | None = None
    organization: Organization | None = None
    organization_text: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state: str = ""
    boundary: str = ""


def reported_activities(user: User, filters: Filters) -> QuerySet[Activity]:
    """Activities the user may export, the latest record first; never drafts.

    They carry `photo_count`, `shift_count` and `signup_count`, by subquery so that
    no join multiplies. Cancelled shifts are not counted; sign-ups are places taken,
    read from the counter that the sign-up action keeps.
    """
    held = Shift.objects.exclude(state=Shift.State.CANCELLED)
    rows = Activity.objects.exclude(state=Activity.State.DRAFT).filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        _of_work(filters, "", moment="starts_at"),
    )
    return rows.annotate(
        photo_count=_figure_of(Evidence.objects.photos(), Count("pk")),
        shift_count=_figure_of(held, Count("pk")),
        signup_count=_figure_of(held, Sum("taken")),
    ).order_by("-pk")


def activities_by_community_and_day(user: User, filters: Filters) -> QuerySet:
    """Sums of the activities the user may export, by community and day in Beijing.

    Rows of community id, day, activities, approved ones and participants.
    """
    rows = Activity.objects.exclude(state=Activity.State.DRAFT).filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        _of_work(filters, "", moment="starts_at"),
    )
    return (
        rows.order_by()
        .annotate(day=TruncDate("starts_at"))
        .values("community_id", "day")
        .annotate(
            activities=Count("pk"),
            approved=Count("pk", filter=Q(state=Activity.State.APPROVED)),
            participants=Sum("participant_count"),
        )
        .values_list("community_id", "day", "activities", "approved", "participants")
    )


def reported_signups(user: User, filters: Filters) -> QuerySet[Signup]:
    """Sign-ups the user may export, the latest first; none of drafts.

    The state asked for is one of `Signup.TOLD_CHOICES`.
    """
    rows = Signup.objects.exclude(shift__activity__state=Activity.State.DRAFT).filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="shift__activity__organization",
            community="shift__community",
        ),
        _of_work(
            replace(filters, state=""), "shift__activity__", moment="shift__starts_at"
        ),
    )
    if filters.state:
        rows = rows.told_as(filters.state)
    return rows.order_by("-pk")


def exportable_organizations(user: User) -> QuerySet[Organization]:
    """Organisations whose work the user may export, in tree order.

    Those that were merged or dissolved are there too: their work is history.
    """
    return Organization.objects.filter(
        scope_filter(user, Permission.REPORT_EXPORT, organization="self")
    ).order_by("path")


def _of_work(filters: Filters, activity: str, *, moment: str) -> Q:
    """The filters as a condition; `activity` leads from the row to its activity."""
    condition = Q()
    if filters.campaign:
        condition &= Q(**{f"{activity}campaign": filters.campaign})
    if filters.pillar:
        condition &= Q(**{f"{activity}pillar": filters.pillar})
    if filters.organization:
        path = f"{activity}organization__path__startswith"
        condition &= Q(**{path: filters.organization.path})
    if filters.organization_text:
        named = _named_or_below(filters.organization_text)
        condition &= Q(**{f"{activity}organization__in": named})
    if filters.starts_on:
        condition &= Q(**{f"{moment}__gte": _midnight(filters.starts_on)})
    if filters.ends_on:
        following = _midnight(filters.ends_on + timedelta(days=1))
        condition &= Q(**{f"{moment}__lt": following})
    if filters.state:
        condition &= Q(state=filters.state)
    return condition


def _named_or_below(text: str) -> QuerySet:
    named = Organization.objects.search(text) | Organization.objects.filter(
        unit_name__icontains=text
    )
    above = named.order_by().annotate(
        below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    is_below = Exists(above.filter(below__startswith=F("path")))
    return Organization.objects.filter(is_below).order_by().values("pk")


def _midnight(day: date) -> datetime:
    """The first moment of a day in Beijing."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _figure_of(rows: QuerySet, figure: Count | Sum) -> Coalesce:
    """One figure about the rows of an activity; 0 without rows."""
    per_activity = (
        rows.filter(activity=OuterRef("pk"))
        .order_by()
        .values("activity")
        .annotate(figure=figure)
        .values("figure")
    )
    return Coalesce(Subquery(per_activity, output_field=IntegerField()), 0)
