"""Reads of resources and projects, and what of them fits a need."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import (
    Membership,
    Need,
    Organization,
    Pairing,
    Resource,
    ServiceProject,
)
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)
from communities.queries.history import (
    community_history,
    organization_history,
    organizations_below_on,
)
from communities.queries.needs import needs_visible_to, paired_unit_names

SUGGESTIONS = 8


def resources_visible_to(user: User) -> models.QuerySet:
    """Resources the user may see.

    A unit's are offered to every community, so officials of communities, streets and
    the district see all of them; an official of a unit sees those of the own unit.
    """
    holders = memberships_with(user, Permission.NEED_VIEW)
    if any(held.role != Membership.Role.UNIT for held in holders):
        return Resource.objects.all()
    own = models.Q(pk__in=[])
    for held in holders:
        own |= models.Q(organization__path__startswith=held.organization.path)
        own |= models.Q(organization__unit_name=held.organization.unit_name)
    return Resource.objects.filter(own)


def filtered_resources(
    resources: models.QuerySet,
    *,
    today: date,
    category: str = "",
    text: str = "",
    is_past: bool = False,
) -> models.QuerySet:
    """Resources by category and words; those that have ended only when asked for."""
    if not is_past:
        resources = resources.offered(today)
    if category:
        resources = resources.filter(category=category)
    if text:
        lower = text.lower()
        resources = resources.filter(
            models.Q(title__icontains=text)
            | models.Q(text__icontains=text)
            | models.Q(organization__unit_name__icontains=text)
            | models.Q(organization__name__icontains=text)
            | models.Q(organization__pinyin__contains=lower)
            | models.Q(organization__initials__contains=lower)
        )
    return resources.select_related("organization").order_by("-pk")


def with_owners_then(resources: list[Resource]) -> list[Resource]:
    """The resources with `organization_then`: today's name, or that of their last day.

    They also carry `is_over`.
    """
    today = timezone.localdate()
    history = organization_history({row.organization_id for row in resources})
    for row in resources:
        row.is_over = row.ends_on is not None and row.ends_on < today
        day = row.ends_on if row.is_over else today
        row.organization_then = history.on(row.organization_id, day) or row.organization
    return resources


def resources_of_organization(
    organization: Organization, *, user: User, day: date
) -> list[Resource]:
    """What the organisation, and what stood below it on `day`, offered then.

    `is_in_scope` marks what the user may open.
    """
    below = organizations_below_on(organization.pk, day)
    rows = list(
        Resource.objects.on(day)
        .filter(organization_id__in=below)
        .select_related("organization")
        .order_by("category", "-pk")
    )
    in_scope = set()
    if user.is_authenticated:
        in_scope = set(resources_visible_to(user).values_list("pk", flat=True))
    for row in rows:
        row.is_in_scope = row.pk in in_scope
    return rows


# Matching -------------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    """A need or a resource that fits, and why, in words."""

    row: Need | Resource
    reasons: tuple[str, ...]


def resources_for_need(need: Need, *, user: User, day: date) -> list[Match]:
    """Resources of the need's category that the user sees, paired units' first.

    What is joined with it in a project already is left out.
    """
    paired = paired_unit_names(need.community, day=day)
    joined = need.projects.exclude(state=ServiceProject.State.CANCELLED)
    rows = (
        resources_visible_to(user)
        .offered(day)
        .filter(category=need.category)
        .exclude(pk__in=joined.values("resource"))
        .select_related("organization")
        .annotate(
            is_paired=models.Case(
                models.When(organization__unit_name__in=paired, then=1), default=0
            )
        )
        .order_by("-is_paired", "-pk")
    )
    return [
        Match(row, _reasons(_("结对单位"), is_paired=bool(row.is_paired)))
        for row in rows[:SUGGESTIONS]
    ]


def needs_for_resource(resource: Resource, *, user: User, now: datetime) -> list[Match]:
    """Needs of the resource's category with pieces left, paired communities' first.

    What is joined with it in a project already is left out.
    """
    day = timezone.localdate(now)
    paired = (
        Pairing.objects.on(day)
        .filter(organization__unit_name=resource.organization.unit_name)
        .order_by()
        .values("community")
    )
    joined = resource.projects.exclude(state=ServiceProject.State.CANCELLED)
    rows = (
        needs_visible_to(user)
        .with_pieces_left(day)
        .filter(category=resource.category)
        .exclude(pk__in=joined.values("need"))
        .select_related("community")
        .annotate(
            is_paired=models.Case(models.When(community__in=paired, then=1), default=0)
        )
        .order_by("-is_paired", models.F("wanted_by").asc(nulls_last=True), "-pk")
    )
    return [
        Match(row, _reasons(_("结对社区"), is_paired=bool(row.is_paired)))
        for row in rows[:SUGGESTIONS]
    ]


def _reasons(paired: str, *, is_paired: bool) -> tuple[str, ...]:
    same = _("类别相同")
    return (paired, same) if is_paired else (same,)


# Projects -------------------------------------------------------------------


def projects_visible_to(user: User) -> models.QuerySet:
    """Projects of the units and communities in the user's scope."""
    return ServiceProject.objects.filter(
        scope_filter(
            user,
            Permission.NEED_VIEW,
            organization="resource__organization",
            community="need__community",
        )
    )


def can_join(user: User, need: Need, resource: Resource) -> bool:
    """Whether the user joins these two: as the resource's unit or the community."""
    return has_permission(
        user, Permission.RESOURCE_OFFER, organization=resource.organization
    ) or has_permission(user, Permission.NEED_PUBLISH, community=need.community)


def filtered_projects(
    projects: models.QuerySet, *, state: str = "", text: str = ""
) -> models.QuerySet:
    """Projects by state and by words of project, need, community and unit."""
    if state:
        projects = projects.filter(state=state)
    if text:
        projects = projects.filter(
            models.Q(title__icontains=text)
            | models.Q(need__title__icontains=text)
            | models.Q(need__community__name__icontains=text)
            | models.Q(resource__organization__unit_name__icontains=text)
        )
    return projects.select_related(
        "need__community", "resource__organization"
    ).order_by("-pk")


def with_sides_then(projects: list[ServiceProject]) -> list[ServiceProject]:
    """The projects with `unit_then` and `community_then`, the names of their day.

    A live project shows today's names, a closed one those of the day it was closed.
    """
    units = organization_history({row.resource.organization_id for row in projects})
    communities = community_history({row.need.community_id for row in projects})
    today = timezone.localdate()
    for row in projects:
        is_live = row.state in ServiceProject.LIVE_STATES
        day = today if is_live else timezone.localdate(row.state_changed_at)
        unit, community = row.resource.organization, row.need.community
        row.unit_then = units.on(unit.pk, day) or unit
        row.community_then = communities.on(community.pk, day) or community
    return projects
