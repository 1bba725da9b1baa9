"""Reads of campaigns and their pillars."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity, Campaign, Pillar
from campaigns.queries.figures import led_counts_by_pillar
from campaigns.queries.words import pillar_history
from communities.permissions import Permission, has_permission


@dataclass(frozen=True)
class PillarProgress:
    """A pillar on the page of a campaign: its words, and how much was done."""

    code: str
    title: str
    url: str
    count: int


def begun_campaigns() -> models.QuerySet:
    """Campaigns everybody may look at: all but planned ones."""
    return Campaign.objects.exclude(state=Campaign.State.PLANNED)


def campaigns_visible_to(user: User) -> models.QuerySet:
    """What has begun; for those who manage campaigns, planned ones too."""
    if has_permission(user, Permission.CAMPAIGN_MANAGE):
        return Campaign.objects.all()
    return begun_campaigns()


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


def pillar_progress(campaign: Campaign, *, today: date) -> list[PillarProgress]:
    """The five pillars with the activities of the campaign, each counted once.

    Of a frozen campaign figures and words are those of the day it was frozen.
    """
    day = timezone.localdate(campaign.frozen_at) if campaign.frozen_at else today
    counts = led_counts_by_pillar(campaign)
    words = pillar_history()
    return [
        PillarProgress(
            pillar.code,
            words.on(pillar.pk, day).title,
            pillar.get_absolute_url(),
            counts.get(pillar.pk, 0),
        )
        for pillar in Pillar.objects.order_by("position")
    ]
