"""Messages about units' report-ins: to whom, which words, which link."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify
from accounts.notifications.texts import fill, words_of
from communities.models import Organization, OrganizationReportIn, ReportInReminder
from communities.queries.officials import (
    community_officials,
    responsible_officials,
    unit_officials,
)
from communities.queries.report_in_periods import ReportInPeriod
from core.dates import day_starts_at, day_text


def report_in_submitted(report_in: OrganizationReportIn) -> None:
    """Tell the community's officials that a report-in waits for them."""
    words = _words(report_in)
    _say(
        [
            user
            for user in community_officials(report_in.community)
            if user.pk != report_in.submitted_by_id
        ],
        kind="report_in_submitted",
        report_in=report_in,
        title=_("%(unit)s来报到，请签收") % words,
        body=_(
            "%(unit)s向%(community)s提交了%(year)d年度报到单（%(number)s），请签收或退回。"
        )
        % words,
    )


def report_in_answered(report_in: OrganizationReportIn) -> None:
    """Tell who submitted it, and the unit's officials, what the community decided."""
    people = unit_officials(report_in.organization)
    if report_in.submitted_by and report_in.submitted_by not in people:
        people.append(report_in.submitted_by)
    words = _words(report_in) | {"reason": report_in.return_reason.rstrip("。")}
    if report_in.state == OrganizationReportIn.State.RECEIVED:
        title = _("%(community)s已签收报到")
        body = _(
            "%(community)s已签收%(unit)s的%(year)d年度报到（%(number)s），可以打印回执。"
        )
    else:
        title = _("%(community)s退回了报到")
        body = _(
            "%(community)s退回了%(unit)s的%(year)d年度报到（%(number)s），"
            "理由：%(reason)s。请修改后重新提交。"
        )
    _say(
        people,
        kind="report_in_answered",
        report_in=report_in,
        title=title % words,
        body=body % words,
    )


def report_in_reminded(reminder: ReportInReminder, people: Iterable[User]) -> None:
    """Recall a missing report-in to the unit, or to the organisation above it."""
    values = {
        "unit": reminder.organization.unit_name,
        "community": reminder.community.name,
        "year": reminder.period_starts_on.year,
    }
    is_own = reminder.level == ReportInReminder.Level.CONTACT
    variant = "contact" if is_own else "superior"
    title, body = fill(words_of("report_in_reminder", variant), values)
    notify(
        Message(
            recipient_id=user.pk,
            kind="report_in_reminder",
            target=reminder,
            title=title,
            body=body,
            path=reverse("communities:report_in_list"),
            has_email=True,
        )
        for user in people
    )


def report_in_renewal(organization: Organization, period: ReportInPeriod) -> None:
    """Tell the unit's officials, once a period, that they may report in anew."""
    values = {
        "unit": organization.unit_name,
        "year": period.year,
        "day": day_text(period.opens_on),
    }
    title, body = fill(words_of("report_in_renewal"), values)
    notify(
        Message(
            recipient_id=user.pk,
            kind="report_in_renewal",
            target=organization,
            slot=str(period.year),
            expires_at=day_starts_at(period.last + timedelta(days=1)),
            title=title,
            body=body,
            path=reverse("communities:report_in_list"),
            has_email=True,
        )
        for user in responsible_officials([organization])[organization.pk]
    )


def _words(report_in: OrganizationReportIn) -> dict[str, object]:
    return {
        "unit": report_in.organization.unit_name,
        "community": report_in.community.name,
        "year": report_in.starts_on.year,
        "number": report_in.number,
    }


def _say(
    people: Iterable[User],
    *,
    kind: str,
    report_in: OrganizationReportIn,
    title: str,
    body: str,
) -> None:
    # Each time it is submitted it may be said anew, but never twice.
    notify(
        Message(
            recipient_id=user.pk,
            kind=kind,
            target=report_in,
            slot=report_in.submitted_at.isoformat(),
            title=title,
            body=body,
            path=report_in.get_absolute_url(),
            has_email=True,
        )
        for user in people
    )
