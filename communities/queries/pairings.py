"""Reads of pairings."""

from datetime import date

from django.db import models

from accounts.models import User
from communities.models import Community, Membership, Pairing, Subdistrict
from communities.permissions import Permission, memberships_with, scope_filter


def pairings_visible_to(user: User) -> models.QuerySet:
    """Pairings in the scope of the user's roles.

    A pairing belongs to a unit's highest organisation, so an official of a branch
    sees those of the organisations above in the same unit too. It is no method of
    the queryset, because the policy stands on the models of this app.
    """
    in_scope = scope_filter(
        user,
        Permission.PAIRING_VIEW,
        organization="organization",
        community="community",
    )
    for membership in memberships_with(user, Permission.PAIRING_VIEW):
        if membership.role == Membership.Role.UNIT:
            in_scope |= _of_own_unit(membership)
    return Pairing.objects.filter(in_scope)


def _of_own_unit(membership: Membership) -> models.Q:
    own = membership.organization
    above = [int(part) for part in (own.path or "").strip("/").split("/") if part]
    return models.Q(organization_id__in=above, organization__unit_name=own.unit_name)


def filtered_pairings(
    pairings: models.QuerySet,
    *,
    day: date,
    street: Subdistrict | None = None,
    text: str = "",
) -> models.QuerySet:
    """Pairings that hold on `day`, by street and by words of unit or community."""
    pairings = pairings.on(day)
    if street is not None:
        pairings = pairings.filter(community__subdistrict=street)
    if text:
        lower = text.lower()
        pairings = pairings.filter(
            models.Q(organization__unit_name__icontains=text)
            | models.Q(organization__name__icontains=text)
            | models.Q(organization__initials__contains=lower)
            | models.Q(organization__pinyin__contains=lower)
            | models.Q(community__name__icontains=text)
            | models.Q(community__initials__contains=lower)
            | models.Q(community__pinyin__contains=lower)
        )
    return pairings.select_related("organization", "community__subdistrict", "notice")


def pairings_of_community(
    community: Community, *, user: User, day: date
) -> list[Pairing]:
    """Pairings of a community on `day`; `is_in_scope` where `user` may see names."""
    pairings = list(
        community.pairings.on(day)
        .select_related("organization")
        .order_by("-is_lead", "organization__path")
    )
    in_scope = set()
    if user.is_authenticated:
        in_scope = set(
            pairings_visible_to(user)
            .filter(community=community)
            .values_list("pk", flat=True)
        )
    for pairing in pairings:
        pairing.is_in_scope = pairing.pk in in_scope
    return pairings
