"""Reads of activities: what is public, under which names, relying on which pairing."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone

from campaigns.models import Activity, EvidenceFile, Initiative, Pillar
from campaigns.queries.words import initiative_history, pillar_history
from communities.models import Organization, Pairing
from communities.queries.history import (
    community_history,
    organization_history,
    organizations_below_on,
)
from communities.queries.pairing_uses import Use


def recent_public_activities(count: int) -> list[Activity]:
    """The latest approved public activities with the names of their day."""
    return with_names_of_the_day(
        Activity.objects.public()
        .select_related("organization", "pillar", "community")
        .annotate(
            first_photo_id=models.Min(
                "evidence__pk",
                filter=models.Q(evidence__file__kind=EvidenceFile.Kind.PHOTO),
            )
        )
        .order_by("-starts_at", "-pk")[:count]
    )


def public_activities_of(
    organization: Organization, *, day: date | None = None
) -> models.QuerySet:
    """Approved public activities of an organisation and all below it, newest first.

    What was merged into it stands below it, so its past is among them. With a past
    `day`: only those up to that day, of what stood below it then.
    """
    done = Activity.objects.public()
    if day is None:
        done = done.filter(organization__path__startswith=organization.path)
    else:
        below = organizations_below_on(organization.pk, day)
        following = datetime.combine(day + timedelta(days=1), time.min)
        done = done.filter(
            organization_id__in=below, starts_at__lt=timezone.make_aware(following)
        )
    return done.select_related("organization", "pillar", "community").order_by(
        "-starts_at", "-pk"
    )


def with_names_of_the_day(activities: Iterable[Activity]) -> list[Activity]:
    """The activities, each with the names valid on its day.

    `organization_then` and `community_then` are versions of the registers (or the row
    itself, for want of a history), `pillar_then`, `second_pillar_then` and
    `initiative_then` versions of the words; four queries however many there are.
    """
    activities = list(activities)
    organizations = organization_history({row.organization_id for row in activities})
    communities = community_history(
        {row.community_id for row in activities if row.community_id}
    )
    for row in activities:
        day = timezone.localdate(row.starts_at)
        row.organization_then = (
            organizations.on(row.organization_id, day) or row.organization
        )
        row.community_then = communities.on(row.community_id, day) or row.community
    _add_words_of_the_day(activities)
    return activities


def _add_words_of_the_day(activities: list[Activity]) -> None:
    main = {row.pillar_id for row in activities}
    second = {row.second_pillar_id for row in activities if row.second_pillar_id}
    pillars = pillar_history(main | second)
    initiatives = initiative_history({row.initiative_id for row in activities})
    for row in activities:
        day = timezone.localdate(row.starts_at)
        row.pillar_then = pillars.on(row.pillar_id, day)
        row.second_pillar_then = pillars.on(row.second_pillar_id, day)
        row.initiative_then = initiatives.on(row.initiative_id, day)


def narrowed(
    activities: models.QuerySet,
    *,
    state: str = "",
    pillar: Pillar | None = None,
    initiative: Initiative | None = None,
    month: date | None = None,
    q: str = "",
) -> models.QuerySet:
    """Activities by state, pillar, initiative, name, and the month they begin in.

    The pillar may be the second one; the month is given by its first day.
    """
    if state:
        activities = activities.filter(state=state)
    if pillar:
        activities = activities.filter(
            models.Q(pillar=pillar) | models.Q(second_pillar=pillar)
        )
    if initiative:
        activities = activities.filter(initiative=initiative)
    if month:
        following = (month + timedelta(days=31)).replace(day=1)
        activities = activities.filter(
            starts_at__gte=_midnight(month), starts_at__lt=_midnight(following)
        )
    return activities.filter(title__icontains=q) if q else activities


def last_activities_under(
    pairings: Collection[Pairing], first: date, last: date, staying: bool = False
) -> dict[int, Use]:
    """The last day of an activity that relied on each pairing, in a span of days.

    An activity relies on the pairing of its organisation, or of one above, with its
    community. It has begun and is neither a draft nor cancelled. With `staying`,
    those that go to a successor from `first` on do not count: they rely on its own.
    """
    begun = Activity.objects.exclude(
        state__in=[Activity.State.DRAFT, Activity.State.CANCELLED]
    ).filter(
        community__in={row.community_id for row in pairings},
        starts_at__lt=min(_midnight(last + timedelta(days=1)), timezone.now()),
        ends_at__gte=_midnight(first),
    )
    if staying:
        begun = begun.exclude(
            state__in=Activity.UNFINISHED_STATES, starts_at__gte=_midnight(first)
        )
    uses: dict[int, Use] = {}
    for activity in begun.select_related("organization"):
        for row in pairings:
            day = _last_day_of_use(activity, row, last)
            if day < first or not activity.organization.is_below(row.organization):
                continue
            if row.pk not in uses or uses[row.pk].day < day:
                uses[row.pk] = Use(day, activity.title)
    return uses


def _last_day_of_use(activity: Activity, row: Pairing, last: date) -> date:
    """The last day, up to `last`, of the activity under the pairing; else no day."""
    day = min(timezone.localdate(activity.ends_at), last, row.ends_on or last)
    begun = max(timezone.localdate(activity.starts_at), row.starts_on)
    is_here = activity.community_id == row.community_id
    return day if is_here and begun <= day else date.min


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
