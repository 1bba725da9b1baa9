"""What other pages show of units' report-ins."""

from datetime import date

from django.utils import timezone

from accounts.models import User
from communities.models import Community, Organization, OrganizationReportIn, Pairing
from communities.permissions import Permission, has_permission, scope_filter
from communities.queries.report_in_coverage import (
    ReportInCoverage,
    received_on,
    unit_report_in_coverage,
)
from communities.queries.report_in_periods import report_in_period
from communities.queries.report_in_rows import report_ins_visible_to, show_report_ins
from communities.queries.report_in_starts import pairs_to_start

__all__ = [
    "ReportInCoverage",
    "desk_report_ins",
    "report_ins_of_community",
    "report_ins_of_organization",
    "unit_report_in_coverage",
]

DESK_ROWS = 8
State = OrganizationReportIn.State


def report_ins_of_community(
    community: Community, *, user: User, day: date
) -> dict[str, object]:
    """How many of the community's units had reported in on `day`, for everyone.

    Keys: `year`, `coverage`, `rows` (those of the period that the user may see, else
    none), `in_scope` (whether the user is an official of whom it is a concern),
    `is_past` (a day gone by: the rows are those that stood as received on it, and
    all bear the names of it).
    """
    return _about("community", community, user, day)


def report_ins_of_organization(
    organization: Organization, *, user: User, day: date
) -> dict[str, object]:
    """The same about the communities of an organisation; see report_ins_of_community.

    Counts what the organisation itself is paired with, not what is below it.
    """
    return _about("organization", organization, user, day)


def _about(
    role: str, node: Community | Organization, user: User, day: date
) -> dict[str, object]:
    period = report_in_period(day)
    in_scope = user.is_authenticated and has_permission(
        user, Permission.REPORT_IN_VIEW, **{role: node}
    )
    is_past = day < timezone.localdate()
    rows = []
    if user.is_authenticated:
        rows = report_ins_visible_to(user).filter(
            **{role: node}, starts_on__lte=period.last, ends_on__gte=period.first
        )
        if is_past:
            rows = rows.filter(pk__in=received_on(day).values("pk"))
        rows = rows.select_related("organization", "community").order_by(
            "organization__path", "community__code", "pk"
        )
        rows = show_report_ins(list(rows), today=day, named_on=day if is_past else None)
    return {
        "is_past": is_past,
        "year": period.year,
        "coverage": unit_report_in_coverage(
            day, pairings=Pairing.objects.filter(**{role: node})
        ),
        "rows": rows,
        "in_scope": in_scope or bool(rows),
    }


def desk_report_ins(user: User, *, today: date) -> dict[str, object] | None:
    """What waits for this user about report-ins; None when it is no concern of theirs.

    Keys: `to_start` (the unit may begin), `to_mend` (its drafts and returned ones),
    `waiting` (its submitted ones), `to_sign` (the community's, the earliest first),
    each at most 8 with the whole number under `<key>_count`; `coverage` and `year`
    for those who follow the whole district.
    """
    if not has_permission(user, Permission.REPORT_IN_VIEW):
        return None
    desk: dict[str, object] = {"year": report_in_period(today).year}
    if has_permission(user, Permission.REPORT_IN_SUBMIT):
        desk |= _unit_desk(user, today)
    if has_permission(user, Permission.REPORT_IN_SIGN):
        to_sign = scope_filter(user, Permission.REPORT_IN_SIGN, community="community")
        desk |= _part("to_sign", to_sign, [State.SUBMITTED], today)
    if has_permission(user, Permission.REPORT_IN_FOLLOW):
        desk["coverage"] = unit_report_in_coverage(today)
    return desk if len(desk) > 1 else None


def _unit_desk(user: User, today: date) -> dict[str, object]:
    own = scope_filter(user, Permission.REPORT_IN_SUBMIT, organization="organization")
    starts = pairs_to_start(user, today=today)
    return {
        "to_start": starts[:DESK_ROWS],
        "to_start_count": len(starts),
        **_part("to_mend", own, [State.RETURNED, State.DRAFT], today),
        **_part("waiting", own, [State.SUBMITTED], today),
    }


def _part(name: str, scope: object, states: list, today: date) -> dict[str, object]:
    rows = OrganizationReportIn.objects.filter(scope, state__in=states)
    first = rows.select_related("organization", "community").order_by(
        "submitted_at", "pk"
    )[:DESK_ROWS]
    return {
        name: show_report_ins(list(first), today=today),
        f"{name}_count": rows.count(),
    }
