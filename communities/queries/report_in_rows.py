"""Rows of units' report-ins: who sees which, names of the day, what is due."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import (
    Community,
    CommunityVersion,
    Membership,
    Organization,
    OrganizationReportIn,
    OrganizationVersion,
    Subdistrict,
)
from communities.permissions import (
    Permission,
    has_permission,
    memberships_with,
    scope_filter,
)
from communities.queries.history import community_history, organization_history
from core.audit import history_of
from core.working_days import CalendarMissing, add_working_days

State = OrganizationReportIn.State


def report_ins_visible_to(user: User) -> models.QuerySet:
    """Report-ins in the scope of the user's roles; drafts only for the unit itself.

    One belongs to a unit's highest organisation, so an official of a branch sees
    those of the organisations above in the same unit too.
    """
    handed_in = scope_filter(
        user,
        Permission.REPORT_IN_VIEW,
        organization="organization",
        community="community",
    ) & models.Q(number__isnull=False)
    own = models.Q(pk__in=[])
    for membership in memberships_with(user, Permission.REPORT_IN_VIEW):
        if membership.role == Membership.Role.UNIT:
            own |= _of_unit(membership.organization)
    return OrganizationReportIn.objects.filter(handed_in | own)


def _of_unit(organization: Organization) -> models.Q:
    above = [int(part) for part in (organization.path or "").split("/") if part]
    same_unit = models.Q(
        organization_id__in=above, organization__unit_name=organization.unit_name
    )
    return same_unit | models.Q(organization__path__startswith=organization.path)


def sees_contact(user: User, report_in: OrganizationReportIn) -> bool:
    """Whether the phone is shown in full: to the unit and to the community only."""
    return has_permission(
        user, Permission.REPORT_IN_SUBMIT, organization=report_in.organization
    ) or has_permission(user, Permission.REPORT_IN_SIGN, community=report_in.community)


# Lists ----------------------------------------------------------------------

_WAITING_FIRST = [
    models.Case(models.When(state=State.SUBMITTED, then=0), default=1),
    models.Case(models.When(state=State.SUBMITTED, then="submitted_at")),
    models.F("submitted_at").desc(nulls_first=True),
    "-pk",
]
SORTS = {
    "": _WAITING_FIRST,
    "number": ["-number", "-pk"],
    "unit": ["organization__path", "-starts_on", "-pk"],
    "community": ["community__code", "-starts_on", "-pk"],
}


def filtered_report_ins(
    rows: models.QuerySet,
    *,
    state: str = "",
    year: int | None = None,
    street: Subdistrict | None = None,
    community: Community | None = None,
    text: str = "",
    sort: str = "",
) -> models.QuerySet:
    """Narrow report-ins; `text` finds names of any day, and numbers.

    Without a sort, what waits comes first, the earliest due at the top.
    """
    if state:
        rows = rows.filter(state=state)
    if year:
        rows = rows.filter(starts_on__year=year)
    if street:
        rows = rows.filter(community__subdistrict=street)
    if community:
        rows = rows.filter(community=community)
    if text:
        rows = rows.filter(named_like(text) | models.Q(number__icontains=text))
    return rows.select_related("organization", "community").order_by(*SORTS[sort])


def named_like(text: str) -> models.Q:
    """A condition on `organization` and `community`: a name of any day, or pinyin."""
    lower = text.lower()
    organizations = OrganizationVersion.objects.filter(
        models.Q(name__icontains=text) | models.Q(unit_name__icontains=text)
    )
    communities = CommunityVersion.objects.filter(name__icontains=text)
    return (
        models.Q(organization__in=organizations.values("organization"))
        | models.Q(community__in=communities.values("community"))
        | models.Q(organization__unit_name__icontains=text)
        | models.Q(organization__pinyin__contains=lower)
        | models.Q(organization__initials__contains=lower)
        | models.Q(community__name__icontains=text)
        | models.Q(community__pinyin__contains=lower)
        | models.Q(community__initials__contains=lower)
    )


# What a page shows ----------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """What unit, organisation, community and street were called on the day."""

    unit: str
    organization: str
    community: str
    street: str


@dataclass(frozen=True)
class Due:
    """By when the community answers; `problem` says why that is not known."""

    on: date | None
    is_overdue: bool = False
    problem: str = ""


def show_report_ins(
    rows: list[OrganizationReportIn], *, today: date, named_on: date | None = None
) -> list[OrganizationReportIn]:
    """Give each row its `names` of the day and, while it waits, its `due`.

    The day is `named_on`; without one, that of submission, or the first of the row
    where that is later.
    """
    organizations = organization_history({row.organization_id for row in rows})
    communities = community_history({row.community_id for row in rows})
    streets = dict(Subdistrict.objects.values_list("pk", "name"))
    for row in rows:
        day = named_on or _named_on(row, today)
        unit = organizations.on(row.organization_id, day) or row.organization
        place = communities.on(row.community_id, day) or row.community
        row.names = Names(
            unit.unit_name, unit.name, place.name, streets[place.subdistrict_id]
        )
        row.due = answer_due(row, today=today)
    return rows


def _named_on(row: OrganizationReportIn, today: date) -> date:
    if row.submitted_at is None:
        return today
    return max(row.starts_on, timezone.localdate(row.submitted_at))


def answer_due(report_in: OrganizationReportIn, *, today: date) -> Due | None:
    """By when the community should sign or return; None when nothing waits.

    Computed anew each time, so that it follows the calendar of make-up days.
    Source: issue 3, within 5 working days (REPORT_IN_WORKING_DAYS).
    """
    if report_in.state != State.SUBMITTED:
        return None
    submitted = timezone.localdate(report_in.submitted_at)
    try:
        due = add_working_days(submitted, settings.REPORT_IN_WORKING_DAYS)
    except CalendarMissing as error:
        return Due(None, problem=str(error))
    return Due(due, is_overdue=today > due)


# What happened --------------------------------------------------------------


@dataclass(frozen=True)
class Deed:
    """One line of a report-in's history."""

    at: datetime
    who: str
    words: str
    reason: str


def report_in_story(report_in: OrganizationReportIn) -> list[Deed]:
    """What happened to it, the newest first, from the audit log."""
    words = {
        "created": _("填写报到单"),
        "changed": _("修改"),
        State.SUBMITTED: _("提交"),
        State.RECEIVED: _("签收"),
        State.RETURNED: _("退回"),
        State.ENDED: _("结束"),
    }
    return [
        Deed(
            at=line.at,
            who=line.actor_name,
            words=words.get(line.verb.rpartition("_")[2], _("其他变更")),
            reason=line.reason,
        )
        for line in history_of(report_in).reverse()
    ]
