"""The rows behind the reports of activities and sign-ups."""

from dataclasses import replace

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import User
from campaigns.models import Activity, ActivityPartner, Evidence
from communities.models import Organization
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, of_organization, of_place, of_work
from volunteers.models import Shift, Signup


def reported_activities(user: User, filters: Filters) -> QuerySet[Activity]:
    """Activities the user may export, the latest record first; never drafts.

    Those of an organisation are the ones it leads or joined, as in the matrix.
    They carry `photo_count`, `shift_count` and `signup_count`, by subquery so that
    no join multiplies. Cancelled shifts are not counted; sign-ups are places taken,
    read from the counter that the sign-up action keeps.
    """
    held = Shift.objects.exclude(state=Shift.State.CANCELLED)
    rows = _activities(user, filters)
    return rows.annotate(
        photo_count=_figure_of(Evidence.objects.photos(), Count("pk")),
        shift_count=_figure_of(held, Count("pk")),
        signup_count=_figure_of(held, Sum("taken")),
    ).order_by("-pk")


def activities_by_community_and_day(user: User, filters: Filters) -> QuerySet:
    """Sums of the activities the user may export, by community and day in Beijing.

    Rows of community id, day, activities, approved ones and participants.
    """
    rows = _activities(user, filters)
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


def _activities(user: User, filters: Filters) -> QuerySet[Activity]:
    anywhere = replace(filters, organization=None, organization_text="")
    return Activity.objects.exclude(state=Activity.State.DRAFT).filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        of_work(anywhere, "", moment="starts_at"),
        _owned(filters),
        of_place(filters, "community"),
    )


def _owned(filters: Filters) -> Q:
    """Led or joined by the organisations asked for."""
    owner = of_organization(filters, "organization")
    if not owner:
        return owner
    joined = ActivityPartner.objects.filter(
        owner, state=ActivityPartner.State.CONFIRMED
    )
    return owner | Q(pk__in=joined.values("activity"))


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
        of_work(
            replace(filters, state=""), "shift__activity__", moment="shift__starts_at"
        ),
        of_place(filters, "shift__community"),
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
