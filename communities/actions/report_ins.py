"""A unit reports in to a community: start, change, submit, sign, return, end."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Organization, OrganizationReportIn, Pairing
from communities.notices import report_ins as notices
from communities.permissions import Permission, has_permission
from communities.queries.report_in_periods import ReportInPeriod, open_periods
from core import audit
from core.dates import day_text
from core.errors import RuleError
from core.numbering import next_number
from core.transactions import retried_atomic

State = OrganizationReportIn.State
END_AT_ONCE = 500
_ENDED_BY_THE_CLOCK = (State.DRAFT, State.RETURNED, State.RECEIVED)


class ReportInRefused(RuleError):
    """The report-in is not fit for what was asked."""


@retried_atomic
def start_report_in(
    *,
    organization: Organization,
    community: Community,
    period: ReportInPeriod,
    values: dict[str, Any],
    by: User,
    today: date,
) -> OrganizationReportIn:
    """Save a new draft; the same form sent twice is saved once.

    Raises ReportInRefused when the period is not open, when the organisation is not
    paired with the community on the day that counts (today, or the first day of a
    period to come), or when the period has a live report-in already.
    """
    if period not in open_periods(today):
        raise ReportInRefused(
            _("%(year)d年度的报到还没有开始，或者已经结束。") % {"year": period.year}
        )
    _lock_pair(organization, community)
    _check_paired(organization, community, period.counted_day(today))
    held = live_report_in(organization, community, period)
    if held is not None:
        if held.state == State.DRAFT and _holds(held, values):
            return held
        raise _already(held)
    row = OrganizationReportIn(
        organization=organization,
        community=community,
        starts_on=period.first,
        ends_on=period.last,
        **values,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise _already(None) from error
    audit.record("communities.organization_report_in_created", target=row, by=by)
    return row


def live_report_in(
    organization: Organization, community: Community, period: ReportInPeriod
) -> OrganizationReportIn | None:
    """The one report-in of the pair in the period that has not ended; or None."""
    return OrganizationReportIn.objects.filter(
        organization=organization,
        community=community,
        state__in=OrganizationReportIn.LIVE_STATES,
        starts_on__lte=period.last,
        ends_on__gte=period.first,
    ).first()


def _lock_pair(organization: Organization, community: Community) -> None:
    # Mergers lock the same rows: whoever comes second looks at what came out.
    for row in (organization, community):
        type(row).objects.select_for_update(no_key=True).get(pk=row.pk)


def _check_paired(organization: Organization, community: Community, day: date) -> None:
    pairings = Pairing.objects.on(day).filter(community=community)
    if pairings.filter(organization=organization).exists():
        return
    paired = pairings.filter(
        organization__unit_name=organization.unit_name
    ).select_related("organization")
    if of_unit := paired.first():
        raise ReportInRefused(
            _("与%(community)s结对的是%(organization)s，请由它办理报到。")
            % {"community": community, "organization": of_unit.organization}
        )
    raise ReportInRefused(
        _("%(day)s，%(unit)s与%(community)s没有结对，不能报到。")
        % {"day": day_text(day), "unit": organization.unit_name, "community": community}
    )


def _holds(row: OrganizationReportIn, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _already(held: OrganizationReportIn | None) -> ReportInRefused:
    if held is None:
        return ReportInRefused(_("这一期已经有报到记录，请刷新页面。"))
    return ReportInRefused(
        _("这一期已经有报到记录（%(state)s），不能重复报到。")
        % {"state": held.get_state_display()}
    )


def _locked(report_in: OrganizationReportIn) -> OrganizationReportIn:
    return (
        OrganizationReportIn.objects.select_for_update(of=("self",))
        .select_related("organization", "community", "submitted_by")
        .get(pk=report_in.pk)
    )


@retried_atomic
def update_report_in(
    *, report_in: OrganizationReportIn, values: dict[str, Any], by: User
) -> OrganizationReportIn:
    """Change what a draft or returned report-in says; only the given values.

    Raises ReportInRefused once it waits, is received or ended.
    """
    row = _locked(report_in)
    if not row.is_editable:
        raise ReportInRefused(
            _("报到%(state)s，不能再修改。") % {"state": row.get_state_display()}
        )
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    said = audit.edits(row, {name: values[name] for name in changed})
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
        audit.record(
            "communities.organization_report_in_changed",
            target=row,
            by=by,
            fields=changed,
            changes=said,
        )
    return row


@retried_atomic
def submit_report_in(
    *, report_in: OrganizationReportIn, by: User, now: datetime
) -> OrganizationReportIn:
    """Hand it to the community; the first time it gets its number, which stays.

    Raises ReportInRefused when it is not the unit's turn, when the period is over, or
    when unit and community are not paired any more. Source: PRODUCT section 3.
    """
    row = _locked(report_in)
    today = timezone.localdate(now)
    if not row.is_editable:
        raise ReportInRefused(
            _("报到%(state)s，不能再提交。") % {"state": row.get_state_display()}
        )
    if row.ends_on < today:
        raise ReportInRefused(_("这一期已经结束，请办理新一期的报到。"))
    _check_paired(row.organization, row.community, max(today, row.starts_on))
    try:
        with transaction.atomic():
            row.move_to(
                State.SUBMITTED,
                by=by,
                number=row.number or next_report_in_number(row.starts_on.year),
                submitted_at=now,
                submitted_by=by,
                answered_at=None,
                answered_by=None,
                return_reason="",
            )
    except IntegrityError as error:
        raise ReportInRefused(_("编号重复，请再提交一次。")) from error
    notices.report_in_submitted(row)
    return row


def next_report_in_number(year: int) -> str:
    """The next number of the period's register: "芗报〔2026〕0001号"."""
    number = next_number(f"report_in-{year}")
    return settings.REPORT_IN_NUMBER.format(year=year, number=number)


@retried_atomic
def receive_report_in(
    *, report_in: OrganizationReportIn, by: User, now: datetime
) -> OrganizationReportIn:
    """The community signs for it. Raises ReportInRefused; see return_report_in."""
    row = _locked(report_in)
    _check_answerable(row, by)
    row.move_to(State.RECEIVED, by=by, answered_at=now, answered_by=by)
    notices.report_in_answered(row)
    return row


@retried_atomic
def return_report_in(
    *, report_in: OrganizationReportIn, reason: str, by: User, now: datetime
) -> OrganizationReportIn:
    """The community sends it back to be mended.

    Raises ReportInRefused without a reason, when it does not wait any more, and for
    someone of the unit itself: nobody answers their own unit.
    """
    row = _locked(report_in)
    _check_answerable(row, by)
    reason = reason.strip()
    if not reason:
        raise ReportInRefused(_("退回时必须写明理由。"))
    row.move_to(
        State.RETURNED,
        by=by,
        reason=reason,
        answered_at=now,
        answered_by=by,
        return_reason=reason,
    )
    notices.report_in_answered(row)
    return row


def _check_answerable(row: OrganizationReportIn, by: User) -> None:
    if row.state != State.SUBMITTED:
        raise ReportInRefused(_("这份报到已不在待签收状态，请刷新页面。"))
    if is_of_own_unit(by, row):
        raise ReportInRefused(_("不能签收或退回自己单位的报到，请由社区其他同志办理。"))


def is_of_own_unit(user: User, report_in: OrganizationReportIn) -> bool:
    """Whether the person submitted it or acts for the unit that did."""
    return report_in.submitted_by_id == user.pk or has_permission(
        user, Permission.REPORT_IN_SUBMIT, organization=report_in.organization
    )


def end_past_report_ins(*, today: date) -> int:
    """End what belongs to a period that is over; returns how many.

    What still waits for the community is left to it: signing late is better than
    never, and the next run ends it.
    """
    past = OrganizationReportIn.objects.filter(
        ends_on__lt=today, state__in=_ENDED_BY_THE_CLOCK
    ).order_by("pk")
    ended = 0
    for pk in list(past.values_list("pk", flat=True)[:END_AT_ONCE]):
        with transaction.atomic():
            row = _locked(OrganizationReportIn(pk=pk))
            if row.state in _ENDED_BY_THE_CLOCK:
                row.move_to(State.ENDED, by=None)
                ended += 1
    return ended
