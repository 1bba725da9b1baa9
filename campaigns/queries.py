"""Reads of the campaign's work."""

from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from campaigns.models import Activity, Campaign, Pillar
from communities.queries.history import community_history, organization_history


def current_campaign() -> Campaign | None:
    """The campaign under way, the latest first; None between two."""
    return (
        Campaign.objects.filter(
            state__in=[Campaign.State.ACTIVE, Campaign.State.CLOSING]
        )
        .order_by("-starts_on")
        .first()
    )


def pillars_with_counts() -> models.QuerySet:
    """The five pillars, each with `approved_count` of public approved activities."""
    is_public = models.Q(
        activities__state=Activity.State.APPROVED, activities__is_public=True
    )
    return Pillar.objects.annotate(
        approved_count=models.Count("activities", filter=is_public)
    )


def recent_public_activities(count: int) -> list[Activity]:
    """The latest approved public activities with the names of their day."""
    return with_names_of_the_day(
        Activity.objects.public()
        .select_related("organization", "pillar", "community")
        .annotate(first_photo_id=models.Min("evidence__pk"))
        .order_by("-starts_at", "-pk")[:count]
    )


def with_names_of_the_day(activities: Iterable[Activity]) -> list[Activity]:
    """The activities, each with the names valid on its day.

    `organization_then` and `community_then` are versions of the registers (or the
    row itself, for want of a history); two queries however many there are.
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
    return activities
