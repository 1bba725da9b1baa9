"""Reads of joint meetings and of what was agreed there."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models import (
    Community,
    JointMeeting,
    MeetingAction,
    Membership,
    Organization,
    Pairing,
)
from communities.permissions import Permission, memberships_with, scope_filter
from communities.queries.history import community_history, organization_history

# A meeting is written down within this time after it was held.
PAIRED_WITHIN = timedelta(days=366)


def meetings_visible_to(user: User) -> models.QuerySet:
    """Meetings of communities in scope, and those a unit in scope came to or acts for.

    Those of a merged community are seen by its successor.
    """
    condition = models.Q(pk__in=[])
    for organization in ("organizations", "meeting_actions__owner"):
        condition |= scope_filter(
            user,
            Permission.AGREEMENT_VIEW,
            organization=organization,
            community="community",
        )
        condition |= _of_own_units(user, organization)
    condition |= scope_filter(
        user, Permission.AGREEMENT_VIEW, community="community__successor"
    )
    found = JointMeeting.objects.filter(condition).values("pk")
    return JointMeeting.objects.filter(pk__in=found)


def _of_own_units(user: User, organization: str) -> models.Q:
    condition = models.Q(pk__in=[])
    for membership in memberships_with(user, Permission.AGREEMENT_VIEW):
        if membership.role == Membership.Role.UNIT:
            own = membership.organization
            above = [int(part) for part in (own.path or "").split("/") if part]
            condition |= models.Q(
                **{
                    f"{organization}__in": above,
                    f"{organization}__unit_name": own.unit_name,
                }
            )
    return condition


def filtered_meetings(
    meetings: models.QuerySet, *, text: str = "", only_open: bool = False
) -> models.QuerySet:
    """Meetings by words of title or community; only those with actions to do.

    Each carries `open_count` and `overdue_count` of its actions, as of today.
    """
    if text:
        meetings = meetings.filter(
            models.Q(title__icontains=text)
            | models.Q(community__name__icontains=text)
            | models.Q(community__initials__contains=text.lower())
        )
    is_open = models.Q(meeting_actions__done_at=None, meeting_actions__isnull=False)
    is_overdue = is_open & models.Q(meeting_actions__due_on__lt=timezone.localdate())
    meetings = meetings.annotate(
        open_count=models.Count("meeting_actions", filter=is_open),
        overdue_count=models.Count("meeting_actions", filter=is_overdue),
    )
    if only_open:
        meetings = meetings.filter(open_count__gt=0)
    return meetings.select_related("community").order_by("-held_on", "-pk")


def actions_to_finish(user: User) -> models.QuerySet:
    """What was agreed on and not done, that the user may mark as done; due first.

    The owner's officials may, and the community that called the meeting.
    """
    condition = scope_filter(user, Permission.AGREEMENT_MANAGE, organization="owner")
    for community in ("meeting__community", "meeting__community__successor"):
        condition |= scope_filter(user, Permission.MEETING_RECORD, community=community)
    actions = MeetingAction.objects.filter(condition, done_at=None)
    return actions.select_related("meeting__community", "owner").order_by(
        "due_on", "pk"
    )


def communities_to_record(user: User) -> models.QuerySet:
    """Communities for which the user records meetings."""
    held = memberships_with(user, Permission.MEETING_RECORD)
    ids = [membership.community_id for membership in held]
    return Community.objects.standing().filter(pk__in=ids)


def units_to_invite(community: Community, *, day: date) -> models.QuerySet:
    """Organisations paired with the community in the year before `day`."""
    pairings = Pairing.objects.overlapping(day - PAIRED_WITHIN, day)
    paired = pairings.filter(community=community).values("organization")
    return Organization.objects.filter(pk__in=paired).order_by("path")


def name_meetings(meetings: list[JointMeeting]) -> list[JointMeeting]:
    """Give each its `community_name` of the day it was held."""
    places = community_history({row.community_id for row in meetings})
    for row in meetings:
        place = places.on(row.community_id, row.held_on)
        row.community_name = place.name if place else row.community.name
    return meetings


def units_on(organizations: list[Organization], day: date) -> dict[int, str]:
    """Organisation to the name its unit bore on `day`."""
    history = organization_history({row.pk for row in organizations})
    return {
        row.pk: version.unit_name
        if (version := history.on(row.pk, day))
        else row.unit_name
        for row in organizations
    }
