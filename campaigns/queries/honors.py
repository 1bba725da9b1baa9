"""Reads of honours: the public lists, the desk's, names of the day, what waits."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from campaigns.models import Honor, HonorObjection, honor_scope
from campaigns.queries.honor_rules import can_check_honors, check_opens
from communities.models import Community, Organization, Subdistrict
from communities.permissions import Permission, has_permission, scope_filter
from communities.queries.history import community_history, organization_history
from core.heads import head_of

State = Honor.State
DESK_ROWS = 5


def public_honors(
    *,
    kind: str = "",
    street: Subdistrict | None = None,
    year: int | str | None = None,
    text: str = "",
) -> models.QuerySet:
    """Awarded honours everyone may see, by kind, the latest first.

    `street` keeps the families of its communities: organisations of the district
    belong to no street. `text` is part of the holder's, the organisation's or the
    community's name.
    """
    rows = Honor.objects.public().select_related("organization", "community")
    if kind:
        rows = rows.filter(kind=kind)
    if street is not None:
        rows = rows.filter(community__subdistrict=street)
    if year:
        rows = rows.filter(awarded_on__year=year)
    return _matching(rows, text).order_by("kind", "-awarded_on", "-pk")


def award_years() -> list[int]:
    """The years of the honours on the public list, the latest first."""
    days = Honor.objects.public().dates("awarded_on", "year", order="DESC")
    return [day.year for day in days]


def honors_under_notice(*, today: date) -> models.QuerySet:
    """What everyone may object to today, those ending first at the top."""
    rows = Honor.objects.under_notice().filter(
        notice_starts_on__lte=today, notice_ends_on__gte=today
    )
    return rows.select_related("organization", "community__subdistrict")


def honors_listed_for(user: User) -> models.QuerySet:
    """The honours in the scope of the user's roles, public or not."""
    return Honor.objects.filter(honor_scope(user)).select_related(
        "organization", "community__subdistrict"
    )


def filtered_honors(
    rows: models.QuerySet,
    *,
    today: date,
    text: str = "",
    state: str = "",
    kind: str = "",
    is_due: bool = False,
) -> models.QuerySet:
    """Honours of the desk narrowed; `is_due`: those whose yearly check may be done."""
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if is_due:
        rows = rows.filter(
            state=State.AWARDED, check_due_on__lte=today + check_opens()
        ).order_by("check_due_on", "pk")
    return _matching(rows, text)


def with_names_then(honors: Iterable[Honor]) -> list[Honor]:
    """The honours with `node_then`: their organisation or community as then called.

    The name of the day of the award, before it of the first day of the public notice,
    before that of today.
    """
    honors = list(honors)
    organizations = organization_history(
        {row.organization_id for row in honors if row.organization_id}
    )
    communities = community_history(
        {row.community_id for row in honors if row.community_id}
    )
    today = timezone.localdate()
    for row in honors:
        day = row.awarded_on or row.notice_starts_on or today
        if row.is_of_family:
            row.node_then = communities.on(row.community_id, day) or row.community
        else:
            row.node_then = (
                organizations.on(row.organization_id, day) or row.organization
            )
    return honors


def _matching(rows: models.QuerySet, text: str) -> models.QuerySet:
    if not text:
        return rows
    organizations = Organization.objects.search(text) | Organization.objects.filter(
        unit_name__icontains=text
    )
    communities = Community.objects.search(text)
    return rows.filter(
        models.Q(holder__icontains=text)
        | models.Q(number__icontains=text)
        | models.Q(organization__in=organizations.order_by().values("pk"))
        | models.Q(community__in=communities.order_by().values("pk"))
    )


# The desk -------------------------------------------------------------------


def desk_honors(user: User, *, today: date) -> dict | None:
    """What of the honours waits for the user; None when nothing of it concerns them.

    For applicants `returned` and `drafts`; for the office `to_check`, `objections`
    (open), `to_notice`, `to_award` (the notice is over, nothing is open); for both
    `due`: yearly checks that may be done. Each is a head with its total.
    """
    applies = has_permission(user, Permission.HONOR_APPLY)
    checks = can_check_honors(user)
    if not (applies or checks):
        return None
    context = {"applies": applies, "checks": checks, "today": today}
    if applies:
        context |= _waiting_for_applicants(user, today)
    if checks:
        context |= _waiting_for_the_office(user, today)
    lists = (
        *("returned", "drafts", "due"),
        *("to_check", "objections", "to_notice", "to_award"),
    )
    context["is_empty"] = not any(context.get(name) for name in lists)
    return context


def _waiting_for_applicants(user: User, today: date) -> dict:
    own = honors_listed_for(user).filter(
        scope_filter(
            user,
            Permission.HONOR_APPLY,
            organization="organization",
            community="community",
        )
    )
    returned = own.filter(state=State.RETURNED).order_by("state_changed_at", "pk")
    return {
        "returned": head_of(returned, DESK_ROWS),
        "drafts": head_of(own.filter(state=State.DRAFT), DESK_ROWS),
        "due": head_of(filtered_honors(own, today=today, is_due=True), DESK_ROWS),
    }


def _waiting_for_the_office(user: User, today: date) -> dict:
    rows = honors_listed_for(user)
    waiting = rows.filter(state=State.APPLIED)
    open_ones = HonorObjection.objects.filter(state=HonorObjection.State.OPEN)
    over = rows.filter(state=State.NOTICE, notice_ends_on__lt=today).exclude(
        pk__in=open_ones.order_by().values("honor")
    )
    objections = open_ones.filter(honor__in=rows.order_by().values("pk"))
    checked = rows.filter(state=State.CHECKED).order_by("state_changed_at", "pk")
    return {
        "to_check": head_of(waiting.order_by("applied_at", "pk"), DESK_ROWS),
        "objections": head_of(
            objections.select_related("honor").order_by("made_at", "pk"), DESK_ROWS
        ),
        "to_notice": head_of(checked, DESK_ROWS),
        "to_award": head_of(over.order_by("notice_ends_on", "pk"), DESK_ROWS),
        "due": head_of(filtered_honors(rows, today=today, is_due=True), DESK_ROWS),
    }
