"""Reads of needs and claims: who sees which, what is open to whom, what waits."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models import (
    Community,
    Membership,
    Need,
    NeedClaim,
    Organization,
    Pairing,
    Subdistrict,
)
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)
from communities.queries.history import community_history, organization_history
from core.heads import head_of

DESK_ROWS = 8
State = Need.State
Role = Membership.Role

SORTS = {
    "newest": (models.F("published_at").desc(nulls_first=True), "-pk"),
    "wanted": (models.F("wanted_by").asc(nulls_last=True), "-pk"),
    "remaining": (models.F("claimed") - models.F("quantity"), "-pk"),
}


def needs_visible_to(user: User) -> models.QuerySet:
    """Needs the user may open.

    Drafts show to their own community only. Units see every published need, because
    all of them are open to them some day; streets theirs, the district all.
    """
    seen = models.Q(published_at__isnull=False)
    if not _is_unit_official(user):
        seen &= scope_filter(user, Permission.NEED_VIEW, community="community")
    own = scope_filter(user, Permission.NEED_PUBLISH, community="community")
    return Need.objects.filter(seen | own)


def needs_listed_for(user: User) -> models.QuerySet:
    """What the desk's list holds: of units, what is unclaimed and what they claimed."""
    needs = needs_visible_to(user)
    if not _is_unit_official(user):
        return needs
    in_scope = scope_filter(user, Permission.NEED_VIEW, community="community")
    own = claims_of(user).values("need")
    return needs.filter(
        models.Q(state=State.PUBLISHED) | models.Q(pk__in=own) | in_scope
    )


def _is_unit_official(user: User) -> bool:
    return any(
        membership.role == Role.UNIT
        for membership in memberships_with(user, Permission.NEED_VIEW)
    )


def filtered_needs(
    needs: models.QuerySet,
    *,
    user: User,
    now: datetime,
    category: str = "",
    state: str = "",
    street: Subdistrict | None = None,
    text: str = "",
    is_open: bool = False,
    sort: str = "",
) -> models.QuerySet:
    """Needs by category, state, street, words and "open to me", in the order asked."""
    if category:
        needs = needs.filter(category=category)
    if state:
        needs = needs.filter(state=state)
    if street is not None:
        needs = needs.filter(community__subdistrict=street)
    if text:
        lower = text.lower()
        needs = needs.filter(
            models.Q(title__icontains=text)
            | models.Q(text__icontains=text)
            | models.Q(community__name__icontains=text)
            | models.Q(community__pinyin__contains=lower)
            | models.Q(community__initials__contains=lower)
        )
    if is_open:
        needs = open_to(user, needs, now=now)
    order = SORTS.get(sort, SORTS["newest"])
    return needs.select_related("community__subdistrict").order_by(*order)


# Open to whom ---------------------------------------------------------------


def open_to(user: User, needs: models.QuerySet, *, now: datetime) -> models.QuerySet:
    """Needs of which one of the user's units may claim something at `now`.

    What one of the user's organisations has claimed already is left out.
    """
    if not has_permission(user, Permission.NEED_CLAIM):
        return needs.none()
    day = timezone.localdate(now)
    for_all = now - timedelta(days=settings.NEED_PAIRED_FIRST_DAYS)
    is_open = models.Q(published_at__lte=for_all) | models.Q(
        community__in=paired_communities(user, day=day)
    )
    claimed = claims_of(user).exclude(state=NeedClaim.State.WITHDRAWN)
    return (
        needs.with_pieces_left(day)
        .filter(is_open)
        .exclude(pk__in=claimed.values("need"))
    )


def paired_communities(user: User, *, day: date) -> models.QuerySet:
    """Ids of the communities paired on `day` with a unit the user claims for."""
    own = Organization.objects.filter(
        scope_filter(user, Permission.NEED_CLAIM, organization="self")
    )
    return (
        Pairing.objects.on(day)
        .filter(organization__unit_name__in=own.order_by().values("unit_name"))
        .order_by()
        .values("community")
    )


def is_paired(organization: Organization, community: Community, *, day: date) -> bool:
    """Whether the organisation's unit is paired with the community on `day`."""
    pairings = Pairing.objects.on(day).filter(community=community)
    return pairings.filter(organization__unit_name=organization.unit_name).exists()


def paired_unit_names(community: Community, *, day: date) -> set[str]:
    """The units paired with a community on `day`."""
    pairings = Pairing.objects.on(day).filter(community=community)
    return set(pairings.order_by().values_list("organization__unit_name", flat=True))


# Claims ---------------------------------------------------------------------


def claims_of(user: User) -> models.QuerySet:
    """Claims of the organisations the user claims for."""
    return NeedClaim.objects.filter(
        scope_filter(user, Permission.NEED_CLAIM, organization="organization")
    )


def claims_visible_to(user: User) -> models.QuerySet:
    """Claims in the scope of the user's roles: of their units, on their needs."""
    return NeedClaim.objects.filter(
        scope_filter(
            user,
            Permission.NEED_VIEW,
            organization="organization",
            community="need__community",
        )
    )


def claims_on(need: Need, *, user: User) -> list[NeedClaim]:
    """The claims of a need that the user may see, with names of their day.

    Each carries `is_own` (the user claims for this organisation).
    """
    claims = claims_visible_to(user).filter(need=need)
    rows = list(claims.select_related("organization", "claimed_by", "need__community"))
    own = set(claims_of(user).filter(need=need).values_list("pk", flat=True))
    for claim in rows:
        claim.is_own = claim.pk in own
    return with_units_then(rows)


def with_units_then(claims: Iterable[NeedClaim]) -> list[NeedClaim]:
    """The claims with `organization_then`: today's while live, else of its last day."""
    claims = list(claims)
    history = organization_history({claim.organization_id for claim in claims})
    today = timezone.localdate()
    for claim in claims:
        day = today if claim.is_live else timezone.localdate(claim.state_changed_at)
        version = history.on(claim.organization_id, day)
        claim.organization_then = version or claim.organization
    return claims


def with_communities_then(needs: Iterable[Need]) -> list[Need]:
    """The needs with `community_then`: today's name, or that of their last day."""
    needs = list(needs)
    history = community_history({need.community_id for need in needs})
    today = timezone.localdate()
    for need in needs:
        is_over = not (need.is_under_way or need.state == State.DRAFT)
        day = timezone.localdate(need.state_changed_at) if is_over else today
        need.community_then = history.on(need.community_id, day) or need.community
    return needs


# Fragments of other pages ---------------------------------------------------


def needs_of_community(community: Community, *, user: User, day: date) -> list[Need]:
    """Published needs of a community, for everyone; `is_in_scope` where one may open.

    A day before today shows what was published then, by its own dates.
    """
    needs = list(_published_on(community, day).order_by("-published_at", "-pk"))
    in_scope = set()
    if user.is_authenticated:
        in_scope = set(
            needs_visible_to(user)
            .filter(community=community)
            .values_list("pk", flat=True)
        )
    for need in needs:
        need.is_in_scope = need.pk in in_scope
        need.is_open_today = need.state == State.PUBLISHED
    return needs


def _published_on(community: Community, day: date) -> models.QuerySet:
    needs = Need.objects.filter(community=community)
    if day >= timezone.localdate():
        return needs.filter(state=State.PUBLISHED)
    following = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    still = models.Q(state__in=Need.WORKING_STATES) | models.Q(
        state_changed_at__gte=following
    )
    return needs.filter(still, published_at__lt=following)


def desk_needs(user: User, *, today: date) -> dict | None:
    """What of the needs waits for the user; None when nothing of it concerns them.

    Heads with their totals. `open`: may be claimed by the user's units, the most urgent
    first; `claims`: own claims to be delivered; `to_confirm`: delivered needs of the
    user's communities; `overdue`: past their day and not wholly claimed; `drafts`: not
    published yet.
    """
    claims_for = has_permission(user, Permission.NEED_CLAIM)
    publishes = has_permission(user, Permission.NEED_PUBLISH)
    if not (claims_for or publishes):
        return None
    context = {"claims_for": claims_for, "publishes": publishes, "today": today}
    if claims_for:
        context |= _waiting_for_units(user)
    if publishes:
        context |= _waiting_for_communities(user, today)
    lists = ("open", "claims", "to_confirm", "overdue", "drafts")
    context["is_empty"] = not any(context.get(name) for name in lists)
    return context


def _waiting_for_units(user: User) -> dict:
    needs = open_to(user, Need.objects.all(), now=timezone.now())
    urgent = needs.select_related("community").order_by(*SORTS["wanted"])
    claims = claims_of(user).filter(
        state=NeedClaim.State.ACTIVE, need__state__in=Need.WORKING_STATES
    )
    soonest = models.F("need__wanted_by").asc(nulls_last=True)
    return {
        "open": head_of(urgent, DESK_ROWS),
        "claims": head_of(
            claims.select_related("need__community").order_by(soonest, "pk"), DESK_ROWS
        ),
    }


def _waiting_for_communities(user: User, today: date) -> dict:
    own = Need.objects.filter(
        scope_filter(user, Permission.NEED_PUBLISH, community="community")
    ).select_related("community")
    delivered = own.filter(state=State.DELIVERED).order_by("state_changed_at", "pk")
    late = own.filter(state=State.PUBLISHED, wanted_by__lt=today).order_by("wanted_by")
    return {
        "to_confirm": head_of(delivered, DESK_ROWS),
        "overdue": head_of(late, DESK_ROWS),
        "drafts": head_of(own.filter(state=State.DRAFT).order_by("-pk"), DESK_ROWS),
    }


# Whom to tell ---------------------------------------------------------------


def officials_of_units(unit_names: Iterable[str]) -> set[int]:
    """Ids of the people who act for these units today, at any of their branches."""
    held = Membership.objects.active().filter(
        role=Role.UNIT, organization__unit_name__in=set(unit_names)
    )
    return set(held.filter(user__is_active=True).values_list("user_id", flat=True))


def officials_of_community(community: Community) -> set[int]:
    """Ids of the people who act for the community today."""
    held = Membership.objects.active().filter(role=Role.COMMUNITY, community=community)
    return set(held.filter(user__is_active=True).values_list("user_id", flat=True))
