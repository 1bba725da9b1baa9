"""Reads of joint activities: who holds one together, which invitations wait."""

from datetime import date
from typing import Any

from django.db import models

from accounts.models import User
from campaigns.models import Activity, ActivityPartner
from communities.permissions import Permission, has_permission, scope_filter

DESK_ROWS = 8


def partners_of(activity: Activity) -> models.QuerySet:
    """Invited and confirmed partners of an activity, in the order they were asked."""
    live = activity.partners.filter(state__in=ActivityPartner.LIVE_STATES)
    return live.select_related("organization").order_by("pk")


def invitations_for(user: User) -> models.QuerySet:
    """Invitations the user's organisations may still answer, the oldest first."""
    scope = scope_filter(user, Permission.ACTIVITY_RECORD, organization="organization")
    return (
        ActivityPartner.objects.filter(scope, state=ActivityPartner.State.INVITED)
        .filter(activity__state__in=Activity.UNFINISHED_STATES)
        .select_related("organization", "activity__organization")
        .order_by("pk")
    )


def with_joint(activities: models.QuerySet) -> models.QuerySet:
    """The activities, each with `is_joint`: another organisation has joined it."""
    joined = ActivityPartner.objects.filter(
        activity=models.OuterRef("pk"), state=ActivityPartner.State.CONFIRMED
    )
    return activities.annotate(is_joint=models.Exists(joined))


def desk_partners(user: User, *, today: date) -> dict[str, Any] | None:
    """Invitations that wait for the user; None for who never joins anything.

    `invitations` are the first of them, `count` says how many there are.
    """
    if not has_permission(user, Permission.ACTIVITY_RECORD):
        return None
    rows = invitations_for(user)
    first = list(rows[: DESK_ROWS + 1])
    count = len(first) if len(first) <= DESK_ROWS else rows.count()
    return {"invitations": first[:DESK_ROWS], "count": count}
