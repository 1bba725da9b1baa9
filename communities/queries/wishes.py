"""Reads of micro-wishes: who sees which and whom, what is open, what waits."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models import Community, Membership, Subdistrict, Wish, WishClaim
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)
from communities.queries.history import community_history, organization_history
from communities.queries.needs import paired_communities
from core.audit import history_of
from core.heads import head_of

DESK_ROWS = 8
COMMUNITY_ROWS = 12
State = Wish.State
PUBLIC_STATES = (State.PUBLISHED, State.CLAIMED, State.DELIVERED, State.CONFIRMED)
CLAIMED_STATES = (State.CLAIMED, State.DELIVERED)
OPEN_FIRST = (
    models.Case(models.When(state=State.PUBLISHED, then=0), default=1),
    "-published_at",
    "-pk",
)


# Who sees which -------------------------------------------------------------


def public_wishes() -> models.QuerySet:
    """Wishes that everyone reads: open, in hand, come true."""
    return Wish.objects.filter(state__in=PUBLIC_STATES)


def wishes_visible_to(user: User) -> models.QuerySet:
    """Wishes the user may open.

    Besides the public ones: those withdrawn and expired in the scope of the user's
    roles, all of their own community with its drafts, and what they claimed once.
    """
    if not user.is_authenticated:
        return public_wishes()
    announced = models.Q(published_at__isnull=False)
    seen = models.Q(state__in=PUBLIC_STATES)
    seen |= announced & scope_filter(user, Permission.NEED_VIEW, community="community")
    seen |= scope_filter(user, Permission.NEED_PUBLISH, community="community")
    seen |= models.Q(pk__in=claims_of(user).order_by().values("wish"))
    return Wish.objects.filter(seen)


def wishes_listed_for(user: User) -> models.QuerySet:
    """What the desk's list holds: in scope; of units, what is open or theirs."""
    wishes = wishes_visible_to(user)
    in_scope = scope_filter(user, Permission.NEED_VIEW, community="community")
    if has_permission(user, Permission.NEED_CLAIM):
        own = _claims_of_units(user).order_by().values("wish")
        in_scope |= models.Q(state=State.PUBLISHED) | models.Q(pk__in=own)
    return wishes.filter(in_scope)


def filtered_wishes(
    wishes: models.QuerySet,
    *,
    day: date,
    street: Subdistrict | None = None,
    category: str = "",
    state: str = "",
    text: str = "",
    is_open: bool = False,
) -> models.QuerySet:
    """Wishes by place, kind, state, words and "still to be claimed on `day`"."""
    if is_open:
        wishes = wishes.claimable(day)
    if street is not None:
        wishes = wishes.filter(community__subdistrict=street)
    if category:
        wishes = wishes.filter(category=category)
    if state:
        wishes = wishes.filter(state=state)
    if text:
        lower = text.lower()
        wishes = wishes.filter(
            models.Q(title__icontains=text)
            | models.Q(community__name__icontains=text)
            | models.Q(community__pinyin__contains=lower)
            | models.Q(community__initials__contains=lower)
        )
    return wishes.select_related("community__subdistrict").order_by(*OPEN_FIRST)


def publishes_wish(user: User, wish: Wish) -> bool:
    """Whether the user acts for the wish's community."""
    return has_permission(user, Permission.NEED_PUBLISH, community=wish.community)


# Claims ---------------------------------------------------------------------


def claims_of(user: User) -> models.QuerySet:
    """The user's own claims and those of the organisations they claim for."""
    own = models.Q(person=user)
    units = scope_filter(user, Permission.NEED_CLAIM, organization="organization")
    return WishClaim.objects.filter(own | units)


def claims_visible_to(user: User) -> models.QuerySet:
    """Claims of the user, and those on wishes of the user's communities."""
    on_own = scope_filter(user, Permission.NEED_PUBLISH, community="wish__community")
    own = claims_of(user).order_by().values("pk")
    return WishClaim.objects.filter(on_own | models.Q(pk__in=own))


def _claims_of_units(user: User) -> models.QuerySet:
    units = scope_filter(user, Permission.NEED_CLAIM, organization="organization")
    return WishClaim.objects.filter(units, organization__isnull=False)


def claims_under_way() -> models.QuerySet:
    """Claims that hold a wish which is not over."""
    return WishClaim.objects.exclude(state=WishClaim.State.WITHDRAWN).filter(
        wish__state__in=CLAIMED_STATES
    )


def claims_listed_for(user: User) -> models.QuerySet:
    """What the user and their organisations claimed: what is under way first."""
    is_live = models.Case(
        models.When(state=WishClaim.State.WITHDRAWN, then=2),
        models.When(wish__state__in=CLAIMED_STATES, then=0),
        default=1,
    )
    rows = claims_of(user).select_related("wish__community__subdistrict")
    return rows.select_related("organization").order_by(is_live, "-pk")


def acts_for_claim(user: User, claim: WishClaim) -> bool:
    """Whether the claim is the user's own or of an organisation they claim for."""
    if claim.person_id is not None:
        return claim.person_id == user.pk
    return has_permission(user, Permission.NEED_CLAIM, organization=claim.organization)


def contacts_open_to(user: User, wish: Wish) -> tuple[bool, WishClaim | None]:
    """Whether the user may see the resident's contact, and the claim whose maker.

    The community sees both; officials of a claiming organisation the resident's,
    while the claim is live. Who claimed in person sees neither: the community brings
    the two together. Nobody else learns who claimed. Source: issue 5.
    """
    rows = claims_under_way().filter(wish=wish)
    claim = rows.select_related("organization", "claimed_by").first()
    if publishes_wish(user, wish):
        return wish.has_contact, claim
    is_of_unit = claim is not None and claim.organization is not None
    return is_of_unit and wish.has_contact and acts_for_claim(user, claim), None


def people_of_claim(claim: WishClaim) -> set[int]:
    """Ids of whom to tell about a claim: the person, or the unit's officials.

    Of an organisation those of it and of the ones above it in the same unit.
    """
    if claim.person_id is not None:
        return {claim.person_id}
    held = Membership.objects.active().filter(
        role=Membership.Role.UNIT,
        user__is_active=True,
        organization_id__in=claim.organization.path.strip("/").split("/"),
        organization__unit_name=claim.organization.unit_name,
    )
    return set(held.values_list("user_id", flat=True))


# What a page shows of them --------------------------------------------------


def with_names_then(wishes: Iterable[Wish]) -> list[Wish]:
    """The wishes with `community_then`, `claim` and `claimant_then`.

    Names are today's, of what is over those of its last day. `claim` is the live one
    or None; `claimant_then` the organisation, or None for a person, whom nobody reads.
    """
    wishes = list(wishes)
    rows = WishClaim.objects.filter(wish__in=wishes).select_related("organization")
    live = rows.exclude(state=WishClaim.State.WITHDRAWN)
    claims = {claim.wish_id: claim for claim in live}
    places = community_history({wish.community_id for wish in wishes})
    units = organization_history({claim.organization_id for claim in claims.values()})
    for wish in wishes:
        day = timezone.localdate(wish.ended_at)
        place = places.on(wish.community_id, day)
        wish.community_then = place or wish.community
        wish.claim = claims.get(wish.pk)
        unit = wish.claim and wish.claim.organization
        wish.claimant_then = unit and (units.on(unit.pk, day) or unit)
    return wishes


def history_of_wish(wish: Wish) -> list[dict]:
    """What became of a wish, the latest first, without names of people.

    Dicts of `state` (in words), `reason` and `at`.
    """
    rows = []
    for entry in history_of(wish).order_by("-pk"):
        if state := entry.data.get("after"):
            label, reason = State(state).label, entry.data.get("reason", "")
            rows.append({"state": label, "reason": reason, "at": entry.at})
    return rows


def wishes_of_community(community: Community, *, day: date) -> dict:
    """Wishes of a community to be claimed: `rows`, the newest, and their `count`."""
    wishes = Wish.objects.claimable(day).filter(community=community)
    rows = list(wishes[:COMMUNITY_ROWS])
    is_whole = len(rows) < COMMUNITY_ROWS
    return {"rows": rows, "count": len(rows) if is_whole else wishes.count()}


def desk_wishes(user: User, *, today: date) -> dict | None:
    """What of the wishes waits for the user; None when nothing of it concerns them.

    `to_confirm`, `late` (claimed, past their day), `drafts`: of the user's communities;
    `claims`: of the user's organisations, to be brought; `open`: to be claimed in the
    communities paired with them. Each is a head with its total.
    """
    claims_for = has_permission(user, Permission.NEED_CLAIM)
    publishes = bool(memberships_with(user, Permission.NEED_PUBLISH))
    if not (claims_for or publishes):
        return None
    context = {"publishes": publishes}
    if publishes:
        context |= _waiting_for_communities(user, today)
    if claims_for:
        context |= _waiting_for_units(user, today)
    lists = ("to_confirm", "late", "drafts", "claims", "open")
    context["is_empty"] = not any(context.get(name) for name in lists)
    return context


def _waiting_for_communities(user: User, today: date) -> dict:
    own = Wish.objects.filter(
        scope_filter(user, Permission.NEED_PUBLISH, community="community")
    ).select_related("community")
    delivered = own.filter(state=State.DELIVERED).order_by("state_changed_at", "pk")
    late = own.filter(state=State.CLAIMED, wanted_by__lt=today).order_by("wanted_by")
    return {
        "to_confirm": head_of(delivered, DESK_ROWS),
        "late": head_of(late, DESK_ROWS),
        "drafts": head_of(own.filter(state=State.DRAFT).order_by("-pk"), DESK_ROWS),
    }


def _waiting_for_units(user: User, today: date) -> dict:
    soonest = models.F("wish__wanted_by").asc(nulls_last=True)
    claims = _claims_of_units(user).filter(
        state=WishClaim.State.ACTIVE, wish__state=State.CLAIMED
    )
    wishes = Wish.objects.claimable(today).filter(
        community__in=paired_communities(user, day=today)
    )
    urgent = models.F("wanted_by").asc(nulls_last=True)
    return {
        "claims": head_of(
            claims.select_related("wish__community").order_by(soonest, "pk"), DESK_ROWS
        ),
        "open": head_of(
            wishes.select_related("community").order_by(urgent, "-pk"), DESK_ROWS
        ),
    }
