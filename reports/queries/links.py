"""The rows behind the reports of pairings, report-ins and leaders' links."""

from datetime import date

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from accounts.models import User
from communities.models import (
    Leader,
    LeaderLink,
    LeaderTerm,
    LeadingPost,
    MemberReportIn,
    OrganizationReportIn,
    Pairing,
)
from communities.permissions import Permission, scope_filter
from communities.queries.report_in_coverage import is_received
from core.working_days import CalendarMissing, add_working_days
from reports.queries.filters import (
    Filters,
    midnight,
    of_organization,
    of_place,
    within_days,
)

# States a reader may ask for beside those the models store.
REPORTED, UNREPORTED = "reported", "unreported"
OVERDUE = "overdue"
LINKED_TWICE, LINKED_ONCE, MISSING = "linked_twice", "linked_once", "missing"


def reported_pairings(
    user: User, filters: Filters, *, today: date | None = None
) -> QuerySet[Pairing]:
    """Pairings the user may export, ended ones too, the latest begun first.

    None that was taken back before it began. A period keeps those that held on one of
    its days at least. The state is that of today, proposed, active or ended, or one
    of the active ones': `reported` (a received report-in stands today, just as
    `unit_report_in_coverage` counts) or `unreported`. Rows carry `state_today`,
    `report_in_today` ("" for those not active) and `named_on`: the day whose names
    they bear, the last for ended ones, else today or the first day to come.
    """
    today = today or timezone.localdate()
    rows = Pairing.objects.valid().filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        of_organization(filters, "organization"),
        of_place(filters, "community"),
    )
    if filters.starts_on:
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=filters.starts_on))
    if filters.ends_on:
        rows = rows.filter(starts_on__lte=filters.ends_on)
    is_ahead, is_over = Q(starts_on__gt=today), Q(ends_on__lt=today)
    state = Case(
        When(is_ahead, then=Value(Pairing.State.PROPOSED)),
        When(is_over, then=Value(Pairing.State.ENDED)),
        default=Value(Pairing.State.ACTIVE),
    )
    report_in = Case(
        When(is_ahead | is_over, then=Value("")),
        When(is_received(today), then=Value(REPORTED)),
        default=Value(UNREPORTED),
    )
    named_on = Case(
        When(is_ahead, then=F("starts_on")),
        When(is_over, then=F("ends_on")),
        default=Value(today),
        output_field=DateField(),
    )
    rows = rows.annotate(
        state_today=state, report_in_today=report_in, named_on=named_on
    )
    if filters.state in {REPORTED, UNREPORTED}:
        rows = rows.filter(report_in_today=filters.state)
    elif filters.state:
        rows = rows.filter(state_today=filters.state)
    return rows.order_by("-starts_on", "-pk")


def reported_unit_report_ins(
    user: User, filters: Filters, *, today: date | None = None
) -> QuerySet[OrganizationReportIn]:
    """Units' report-ins that were handed in, the latest first; never drafts.

    A period keeps those submitted in it. The state is theirs, or `overdue`: still
    waiting after the working days the community has to answer. Rows carry `named_on`,
    the day whose names they bear, and `due_from`, when the community's days began.
    """
    rows = OrganizationReportIn.objects.filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        of_organization(filters, "organization"),
        of_place(filters, "community"),
        within_days(filters, "submitted_at"),
    ).exclude(Q(state=OrganizationReportIn.State.DRAFT) | Q(submitted_at=None))
    if filters.state == OVERDUE:
        rows = rows.filter(_waits_too_long(today or timezone.localdate()))
    elif filters.state:
        rows = rows.filter(state=filters.state)
    first_named = Greatest("starts_on", TruncDate("submitted_at"))
    rows = rows.annotate(named_on=first_named, due_from=F("submitted_at"))
    return rows.order_by("-submitted_at", "-pk")


def _waits_too_long(today: date) -> Q:
    """As `answer_due` says of one row; nothing is overdue without a calendar."""
    try:
        last_day_left = add_working_days(today, -settings.REPORT_IN_WORKING_DAYS)
    except CalendarMissing:
        return Q(pk__in=[])
    return Q(
        state=OrganizationReportIn.State.SUBMITTED,
        submitted_at__lt=midnight(last_day_left),
    )


def reported_member_report_ins(
    user: User, filters: Filters
) -> QuerySet[MemberReportIn]:
    """Members' report-ins, the latest submitted first.

    None that its person took back before a community signed it: it never came there.
    A period keeps those submitted in it. Rows carry `named_on`, the day whose names
    they bear: that of signing, before it that of submission.
    """
    rows = MemberReportIn.objects.filter(
        scope_filter(
            user,
            Permission.REPORT_EXPORT,
            organization="organization",
            community="community",
        ),
        of_organization(filters, "organization"),
        of_place(filters, "community"),
        within_days(filters, "submitted_at"),
    ).exclude(state=MemberReportIn.State.ENDED, starts_on=None)
    if filters.state:
        rows = rows.filter(state=filters.state)
    named_on = Coalesce("starts_on", TruncDate("submitted_at"))
    return rows.annotate(named_on=named_on).order_by("-submitted_at", "-pk")


def leaders_day(filters: Filters, today: date | None = None) -> date:
    """The day the report of leaders tells of: the last asked for, at most today."""
    today = today or timezone.localdate()
    return min(filters.ends_on or today, today)


def reported_leaders(
    user: User, filters: Filters, *, today: date | None = None
) -> QuerySet[Leader]:
    """Persons in office on `leaders_day`: each once, however many posts and units.

    So the rows number what `district_coverage` calls leaders, and those of a state
    what it calls `linked_twice`, `linked_once` and `missing`. Organisations narrow
    the posts; a street or community keeps those linked there. Rows carry `link_state`,
    `first_id` and `second_id` (communities of the two links), `second_label`, since
    when the links hold and `told_on`, the day.
    """
    day = leaders_day(filters, today)
    terms = LeaderTerm.objects.on(day).filter(post__in=_posts(user, filters, day))
    links = LeaderLink.objects.on(day).filter(leader=OuterRef("pk")).order_by()
    first = links.filter(slot=LeaderLink.Slot.COMMUNITY)
    second = links.filter(slot=LeaderLink.Slot.SECOND)
    rows = Leader.objects.filter(pk__in=terms.order_by().values("leader"))
    if filters.street or filters.community:
        rows = rows.filter(Exists(links.filter(of_place(filters, "community"))))
    has_first, has_second = Exists(first), Exists(second)
    rows = rows.annotate(
        link_state=Case(
            When(has_first & has_second, then=Value(LINKED_TWICE)),
            When(has_first | has_second, then=Value(LINKED_ONCE)),
            default=Value(MISSING),
        ),
        first_id=Subquery(first.values("community")[:1]),
        second_id=Subquery(second.values("community")[:1]),
        second_label=Subquery(second.values("label")[:1], output_field=CharField()),
        first_since=Subquery(first.values("starts_on")[:1]),
        second_since=Subquery(second.values("starts_on")[:1]),
        told_on=Value(day, output_field=DateField()),
    )
    if filters.state:
        rows = rows.filter(link_state=filters.state)
    return rows.order_by("organization__path", "pk")


def _posts(user: User, filters: Filters, day: date) -> QuerySet:
    """The posts that stood on the day in the organisations asked for, as numbers."""
    posts = LeadingPost.objects.on(day).filter(
        scope_filter(user, Permission.REPORT_EXPORT, organization="organization"),
        of_organization(filters, "organization"),
    )
    return posts.order_by().values("pk")
