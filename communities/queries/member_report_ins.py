"""Reads of members' report-ins: one's own, and those of one's own community.

Nobody sees who has not reported in; others than the community see counts only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from communities.models import Community, MemberReportIn, Organization, Pairing
from communities.permissions import Permission, has_permission, scope_filter
from communities.queries.history import community_history

State = MemberReportIn.State
DESK_ROWS = 8
HISTORY_ROWS = 20
# What the official's list is divided into: name to states.
GROUPS: dict[str, tuple[str, ...]] = {
    "waiting": (State.SUBMITTED,),
    "returned": (State.RETURNED,),
    "active": (State.ACTIVE,),
    "ended": (State.TRANSFERRED, State.ENDED),
}
_ORDERS = {
    "waiting": ("submitted_at", "pk"),
    "returned": ("-answered_at", "-pk"),
    "active": ("-starts_on", "-pk"),
    "ended": ("-ends_on", "-pk"),
}


@dataclass(frozen=True)
class OwnReportIns:
    """What a person sees of their own double report-in on a day.

    `home` is the active report-in, `waiting` the one submitted or returned;
    `pairings` are those of the person's unit, whatever community they live in.
    """

    home: MemberReportIn | None
    waiting: MemberReportIn | None
    organization: Organization | None
    pairings: list[Pairing]
    past: list[MemberReportIn]


def member_report_ins_in_scope(user: User) -> models.QuerySet:
    """Report-ins to the user's own community, for those who sign there.

    One withdrawn before it was signed never came to the community.
    """
    scope = scope_filter(user, Permission.MEMBER_REPORT_IN_SIGN, community="community")
    return MemberReportIn.objects.filter(scope).exclude(
        state=State.ENDED, starts_on=None
    )


def member_report_ins_visible_to(user: User) -> models.QuerySet:
    """One's own report-ins, and those of the community one signs for."""
    in_scope = member_report_ins_in_scope(user).values("pk")
    return MemberReportIn.objects.filter(
        models.Q(user_id=user.pk) | models.Q(pk__in=in_scope)
    )


def can_answer_member_report_in(user: User, report_in: MemberReportIn) -> bool:
    """Whether the user may sign or return it: it waits, and is not their own."""
    return (
        report_in.state == State.SUBMITTED
        and report_in.user_id != user.pk
        and has_permission(
            user, Permission.MEMBER_REPORT_IN_SIGN, community=report_in.community
        )
    )


def filtered_member_report_ins(
    rows: models.QuerySet, *, group: str = "waiting", text: str = ""
) -> models.QuerySet:
    """Rows of one of `GROUPS`, by words of name, skills or free times."""
    rows = rows.filter(state__in=GROUPS[group])
    if text:
        rows = rows.filter(
            models.Q(user__display_name__icontains=text)
            | models.Q(skills__icontains=text)
            | models.Q(free_times__icontains=text)
        )
    return (
        rows.order_by(*_ORDERS[group])
        .select_related("user", "community", "organization")
        .prefetch_related("posts")
    )


def group_counts(rows: models.QuerySet) -> dict[str, int]:
    """How many rows each of `GROUPS` holds."""
    by_state = dict(
        rows.order_by().values_list("state").annotate(models.Count("pk")).distinct()
    )
    return {
        name: sum(by_state.get(state, 0) for state in states)
        for name, states in GROUPS.items()
    }


def own_report_ins(user: User, *, day: date) -> OwnReportIns:
    """The person's home community, what waits, the unit's pairings, what is past."""
    rows = list(
        MemberReportIn.objects.filter(user_id=user.pk)
        .select_related("community__subdistrict", "organization")
        .order_by("-pk")
    )
    live = [row for row in rows if row.is_live]
    home = next((row for row in live if row.state == State.ACTIVE), None)
    waiting = next((row for row in live if row is not home), None)
    named = next((row for row in (home, waiting) if row and row.organization), None)
    organization = named.organization if named else None
    pairings = []
    if organization is not None:
        pairings = list(
            pairings_of_unit(organization, day=day).select_related(
                "community__subdistrict", "organization"
            )
        )
    past = [row for row in rows if not row.is_live][:HISTORY_ROWS]
    name_communities(past)
    return OwnReportIns(home, waiting, organization, pairings, past)


def pairings_of_unit(organization: Organization, *, day: date) -> models.QuerySet:
    """The pairings of an organisation's unit on `day`.

    They hang on the unit's highest organisations: those above in the same unit.
    """
    path = (organization.path or "").strip("/")
    above = [int(part) for part in path.split("/") if part]
    return Pairing.objects.on(day).filter(
        organization_id__in=above, organization__unit_name=organization.unit_name
    )


def name_communities(rows: Iterable[MemberReportIn]) -> None:
    """Give past rows `community_name`: what their community was called then."""
    rows = list(rows)
    names = community_history({row.community_id for row in rows}) if rows else None
    for row in rows:
        day = row.starts_on or timezone.localdate(row.submitted_at)
        version = names.on(row.community_id, day)
        row.community_name = version.name if version else row.community.name


def member_report_in_counts(day: date) -> dict[int, int]:
    """Dict of community id to the number of members reported in there on `day`.

    Communities without any are left out.
    """
    held = MemberReportIn.objects.filter(
        models.Q(ends_on=None) | models.Q(ends_on__gte=day),
        starts_on__lte=day,
    )
    counts = held.order_by().values("community").annotate(n=models.Count("pk"))
    return dict(counts.values_list("community", "n"))


def member_report_ins_of_community(
    community: Community, *, user: User, day: date
) -> dict[str, object]:
    """What the community's page shows: `count` on `day`, `can_sign`, no persons."""
    return {
        "count": member_report_in_counts(day).get(community.pk, 0),
        "can_sign": user.is_authenticated
        and has_permission(user, Permission.MEMBER_REPORT_IN_SIGN, community=community),
    }


def desk_member_report_ins(user: User, *, today: date) -> dict[str, object] | None:
    """What waits for a community official: `waiting`, `count`, `active_count`.

    None for everybody else.
    """
    if not has_permission(user, Permission.MEMBER_REPORT_IN_SIGN):
        return None
    rows = member_report_ins_in_scope(user)
    counts = group_counts(rows)
    waiting = filtered_member_report_ins(rows, group="waiting")
    return {
        "waiting": list(waiting[:DESK_ROWS]),
        "count": counts["waiting"],
        "active_count": counts["active"],
    }
