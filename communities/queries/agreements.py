"""Reads of co-building agreements: who sees which, their states and names."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models import (
    Agreement,
    Community,
    Membership,
    Organization,
    Pairing,
)
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)
from communities.queries.history import community_history, organization_history
from communities.queries.meetings import actions_to_finish

State = Agreement.State
DESK_ROWS = 5


def agreements_visible_to(user: User) -> models.QuerySet:
    """Agreements in the scope of the user's roles.

    An agreement hangs on a unit's highest organisation, so officials of a branch see
    those of the own unit; those of a merged community are seen by its successor.
    """
    condition = scope_filter(
        user,
        Permission.AGREEMENT_VIEW,
        organization="organization",
        community="community",
    )
    condition |= scope_filter(
        user, Permission.AGREEMENT_VIEW, community="community__successor"
    )
    for membership in memberships_with(user, Permission.AGREEMENT_VIEW):
        if membership.role == Membership.Role.UNIT:
            condition |= _of_own_unit(membership.organization)
    return Agreement.objects.filter(condition)


def _of_own_unit(own: Organization) -> models.Q:
    above = [int(part) for part in (own.path or "").strip("/").split("/") if part]
    return models.Q(organization_id__in=above, organization__unit_name=own.unit_name)


def can_manage_agreement(user: User, agreement: Agreement) -> bool:
    """Whether the user keeps agreements of one of the two sides."""
    community = agreement.community.successor or agreement.community
    return has_permission(
        user,
        Permission.AGREEMENT_MANAGE,
        organization=agreement.organization,
        community=community,
    )


def pairings_to_agree(user: User, *, day: date) -> models.QuerySet:
    """Pairings of `day` or later, of which the user keeps one side."""
    in_scope = scope_filter(
        user,
        Permission.AGREEMENT_MANAGE,
        organization="organization",
        community="community",
    )
    pairings = Pairing.objects.overlapping(day, None).filter(in_scope)
    return pairings.select_related("organization", "community")


def in_state(state: str, *, day: date) -> models.Q:
    """The condition for agreements that are in `state` on `day`."""
    holds = models.Q(starts_on__lte=day, ends_on__gte=day)
    ends_soon = ends_within(settings.AGREEMENT_ENDING_DAYS, day=day)
    return {
        State.PROPOSED: models.Q(starts_on__gt=day),
        State.ENDING: holds & ends_soon,
        State.ACTIVE: holds & ~ends_soon,
        State.RENEWED: models.Q(ends_on__lt=day, renewal__isnull=False),
        State.ENDED: models.Q(ends_on__lt=day, renewal=None),
    }[state]


def ends_within(days: int, *, day: date) -> models.Q:
    """The condition for agreements whose last day is near, and that none renews."""
    return models.Q(ends_on__lte=day + timedelta(days=days), renewal=None)


def filtered_agreements(
    agreements: models.QuerySet, *, state: str = "", text: str = ""
) -> models.QuerySet:
    """Agreements by the state of today and by words of title, unit or community."""
    if state:
        agreements = agreements.filter(in_state(state, day=timezone.localdate()))
    if text:
        lower = text.lower()
        agreements = agreements.filter(
            models.Q(title__icontains=text)
            | models.Q(organization__unit_name__icontains=text)
            | models.Q(organization__name__icontains=text)
            | models.Q(organization__initials__contains=lower)
            | models.Q(community__name__icontains=text)
            | models.Q(community__initials__contains=lower)
        )
    return agreements.select_related("organization", "community", "renewal")


def name_sides(agreements: list[Agreement]) -> list[Agreement]:
    """Give each its `unit_name` and `community_name` of the day it began."""
    units = organization_history({row.organization_id for row in agreements})
    places = community_history({row.community_id for row in agreements})
    for row in agreements:
        unit = units.on(row.organization_id, row.starts_on)
        place = places.on(row.community_id, row.starts_on)
        row.unit_name = unit.unit_name if unit else row.organization.unit_name
        row.community_name = place.name if place else row.community.name
    return agreements


def agreements_of_organization(
    organization: Organization, *, user: User, day: date
) -> dict[str, Any]:
    """`rows` that hold on `day`; `in_scope` says whose pages `user` may open."""
    return _of_side(organization.agreements, user, day)


def agreements_of_community(
    community: Community, *, user: User, day: date
) -> dict[str, Any]:
    """`rows` that hold on `day`; `in_scope` says whose pages `user` may open."""
    return _of_side(community.agreements, user, day)


def _of_side(agreements: models.QuerySet, user: User, day: date) -> dict[str, Any]:
    rows = list(
        agreements.on(day).select_related("organization", "community", "renewal")
    )
    in_scope: set[int] = set()
    if rows and user.is_authenticated:
        visible = agreements_visible_to(user).filter(pk__in=[row.pk for row in rows])
        in_scope = set(visible.values_list("pk", flat=True))
    return {"rows": name_sides(rows), "in_scope": in_scope}


def desk_agreements(user: User, today: date) -> dict[str, Any] | None:
    """Agreements that end soon, actions of meetings still to do; None for others.

    `ending` and `to_finish` hold at most five of `ending_count` and
    `to_finish_count`.
    """
    if not memberships_with(user, Permission.AGREEMENT_MANAGE):
        return None
    kept = scope_filter(
        user,
        Permission.AGREEMENT_MANAGE,
        organization="organization",
        community="community",
    )
    ending = (
        Agreement.objects.filter(kept)
        .filter(in_state(State.ENDING, day=today))
        .select_related("organization", "community", "renewal")
        .order_by("ends_on", "pk")
    )
    to_finish = actions_to_finish(user)
    return {
        "ending": name_sides(list(ending[:DESK_ROWS])),
        "ending_count": ending.count(),
        "to_finish": [
            (action, action.days_overdue(today)) for action in to_finish[:DESK_ROWS]
        ],
        "to_finish_count": to_finish.count(),
    }
