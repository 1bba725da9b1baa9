"""Reads of campaigns and their pillars."""

from django.db import models

from campaigns.models import Activity, Campaign, Pillar


def current_campaign() -> Campaign | None:
    """The campaign under way, the latest first; None between two."""
    return (
        Campaign.objects.filter(
            state__in=[Campaign.State.ACTIVE, Campaign.State.CLOSING]
        )
        .order_by("-starts_on")
        .first()
    )


def recording_campaigns() -> list[Campaign]:
    """Campaigns that take records: active, closing, then frozen ones; newest first.

    In a frozen one a record goes to the addendum.
    """
    order = list(Campaign.RECORD_STATES)
    rows = Campaign.objects.filter(state__in=order).order_by("-starts_on", "-pk")
    return sorted(rows, key=lambda row: order.index(row.state))


def pillars_with_counts() -> models.QuerySet:
    """The five pillars, each with `approved_count` of public approved activities."""
    is_public = models.Q(
        activities__state=Activity.State.APPROVED, activities__is_public=True
    )
    return Pillar.objects.annotate(
        approved_count=models.Count("activities", filter=is_public)
    )
