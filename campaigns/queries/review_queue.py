"""Reads of the office's queue: what waits, for how long, narrowed and in order."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from campaigns.models import (
    Activity,
    ActivityPartner,
    Campaign,
    Evidence,
    EvidenceFile,
    Initiative,
    Pillar,
    Review,
)
from campaigns.queries.activities import with_names_of_the_day
from campaigns.queries.evidence import duplicates_of
from communities.models import Organization, OrganizationVersion

AGES = (3, 7, 15)  # days; the office answers within a week, as a rule
ORDERS = {"oldest": ("submitted_at", "pk"), "newest": ("-submitted_at", "-pk")}


def queue_of(user: User) -> models.QuerySet:
    """What waits for review where the user may look."""
    return Activity.objects.visible_to(user).awaiting_review()


def filtered_queue(
    queue: models.QuerySet,
    *,
    today: date,
    q: str = "",
    organization: str = "",
    pillar: Pillar | None = None,
    initiative: Initiative | None = None,
    campaign: Campaign | None = None,
    age: int | None = None,
    only_addendum: bool = False,
    only_joint: bool = False,
    order: str = "",
) -> models.QuerySet:
    """The queue narrowed, each row with `photo_count` and `turn` (reviews so far).

    `age` keeps what has waited longer than so many days. An organisation is found by
    any name it bore or by pinyin, and brings all below it; it leads or has joined.
    """
    if q:
        queue = queue.filter(title__icontains=q)
    if organization:
        queue = queue.filter(_is_of(organization))
    if pillar is not None:
        queue = queue.filter(Q(pillar=pillar) | Q(second_pillar=pillar))
    if initiative is not None:
        queue = queue.filter(initiative=initiative)
    if campaign is not None:
        queue = queue.filter(campaign=campaign)
    if age:
        queue = queue.filter(submitted_at__lt=waiting_since(today, age))
    if only_addendum:
        queue = queue.filter(in_addendum=True)
    if only_joint:
        queue = queue.filter(Exists(_partners()))
    return with_counts(queue).order_by(*ORDERS.get(order, ORDERS["oldest"]))


def with_counts(activities: models.QuerySet) -> models.QuerySet:
    """The activities with what a row of the queue shows, and `turn`."""
    photos = Evidence.objects.filter(file__kind=EvidenceFile.Kind.PHOTO)
    return activities.select_related(
        "organization", "campaign", "pillar", "initiative", "community", "submitted_by"
    ).annotate(
        photo_count=_counted(photos),
        turn=_counted(Review.objects.all()),
        is_joint=Exists(_partners()),
    )


def queue_rows(activities: Iterable[Activity], *, today: date) -> list[Activity]:
    """Rows of a page with the names of their day and `waiting_days`."""
    rows = with_names_of_the_day(activities)
    for row in rows:
        row.waiting_days = (today - timezone.localdate(row.submitted_at)).days
        row.is_late = row.waiting_days > AGES[1]
    return rows


def mark_duplicates(rows: Iterable[Activity], user: User) -> None:
    """Give each row `has_duplicates`: a file of it proves something else as well.

    Takes three queries however many rows there are.
    """
    rows = list(rows)
    files = Evidence.objects.filter(activity__in=rows).select_related("file")
    repeated = duplicates_of(files, user)
    marked = {evidence.activity_id for evidence in files if evidence.pk in repeated}
    for row in rows:
        row.has_duplicates = row.pk in marked


def waiting_since(today: date, days: int) -> datetime:
    """The moment before which one submitted has waited longer than so many days."""
    first = today - timedelta(days=days)
    return timezone.make_aware(datetime.combine(first, time.min))


def _counted(rows: models.QuerySet) -> Coalesce:
    """How many of the rows belong to the activity."""
    counts = (
        rows.filter(activity=OuterRef("pk"))
        .order_by()
        .values("activity")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counts), 0)


def _partners() -> models.QuerySet:
    return ActivityPartner.objects.filter(
        activity=OuterRef("pk"), state=ActivityPartner.State.CONFIRMED
    )


def _is_of(text: str) -> Q:
    """A condition on an activity: an organisation so named, or one above, owns it."""
    joint = ActivityPartner.objects.filter(
        _below(text, "organization__path"), state=ActivityPartner.State.CONFIRMED
    )
    return Q(_below(text, "organization__path")) | Q(pk__in=joint.values("activity"))


def _below(text: str, path: str) -> Exists:
    lower = text.lower()
    earlier = OrganizationVersion.objects.filter(
        Q(name__icontains=text) | Q(unit_name__icontains=text)
    )
    named = Organization.objects.filter(
        Q(name__icontains=text)
        | Q(unit_name__icontains=text)
        | Q(pinyin__contains=lower)
        | Q(initials__contains=lower)
        | Q(pk__in=earlier.values("organization"))
    )
    own_path = models.ExpressionWrapper(OuterRef(path), output_field=models.CharField())
    return Exists(named.alias(own=own_path).filter(own__startswith=F("path")))
