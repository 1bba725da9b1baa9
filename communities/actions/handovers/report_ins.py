"""What becomes of units' report-ins when a unit or a community merges or splits."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import (
    Handover,
    Held,
    Node,
    chosen,
    holder_of_links,
)
from communities.actions.report_ins import live_report_in, next_report_in_number
from communities.models import Community, Organization, OrganizationReportIn
from communities.notices import report_ins as notices
from communities.queries.report_in_coverage import received_on
from communities.queries.report_in_periods import ReportInPeriod
from core import audit
from core.dates import day_text

State = OrganizationReportIn.State
COPIED = (
    "member_count",
    "leader_name",
    "leader_title",
    "contact_name",
    "contact_phone",
    "offers",
    "remark",
    "submitted_at",
    "submitted_by",
    "answered_at",
    "answered_by",
    "return_reason",
)


class ReportInHandover(Handover):
    """Live report-ins go to the successor under a number of their own.

    The old one ends the day before and keeps its number, so no number is lost. The
    new one holds from the day of the change, in the same state, signed by whom and
    when the old one was, and gets a fresh number, so no number is doubled. Where the
    successor has a live one for the same unit or community and period, that one
    stays and the old one just ends. One whose period ran out since, when the change
    is dated back over the end of a year, is divided in the same way.
    Source: issue 3, merge and split.
    """

    name: ClassVar[str] = "report_ins"
    label: ClassVar[str] = gettext_lazy("单位报到")

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        """Report-ins that stand on `on` or later."""
        taker = to and holder_of_links(to)
        if taker == node:
            return []
        return [
            Held(
                key=str(row.pk),
                text=_("%(row)s，%(year)d年度，%(state)s")
                % {
                    "row": f"{row.organization.unit_name} — {row.community}",
                    "year": row.starts_on.year,
                    "state": row.get_state_display(),
                },
                outcome=_outcome(row, node, taker, on),
                url=row.get_absolute_url(),
            )
            for row in _standing(_rows(node, on))
        ]

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        """Give them to `to` from `on`; see the class for what becomes of each."""
        taker = holder_of_links(to)
        if taker == node:
            return 0
        locked = _rows(node, on).select_for_update(of=("self",))
        rows = chosen(_standing(locked), keys)
        for row in rows:
            self._move(row, node, taker, on, by)
        return len(rows)

    def _move(
        self,
        row: OrganizationReportIn,
        node: Node,
        to: Node,
        on: date,
        by: User | None,
    ) -> None:
        held = _held_by_successor(row, node, to)
        last_day, state_changed_at = row.ends_on, row.state_changed_at
        state, starts_on = row.state, max(row.starts_on, on)
        until = on - timedelta(days=1) if on > row.starts_on else last_day
        if state == State.ENDED:
            row.ends_on = until
            row.save(update_fields=["ends_on"])
            audit.record(
                "communities.organization_report_in_changed",
                target=row,
                by=by,
                ends_on=until,
            )
        else:
            outcome = _outcome(row, node, to, on)
            row.move_to(State.ENDED, by=by, reason=outcome, ends_on=until)
            state_changed_at = row.state_changed_at
        if held is not None:
            return
        number = next_report_in_number(starts_on.year) if row.number else None
        values = {name: getattr(row, name) for name in COPIED}
        values |= {"organization": row.organization, "community": row.community}
        values[_role_of(node)] = to
        new = OrganizationReportIn.objects.create(
            **values,
            state=state,
            state_changed_at=state_changed_at,
            number=number,
            starts_on=starts_on,
            ends_on=last_day,
        )
        audit.record(
            "communities.organization_report_in_created",
            target=new,
            by=by,
            continues=row.number or str(row.pk),
            number=number,
            state=state,
        )
        if state == State.SUBMITTED and isinstance(node, Community):
            notices.report_in_submitted(new)


def _rows(node: Node, on: date) -> models.QuerySet:
    ran_out = models.Q(
        state=State.ENDED,
        starts_on__lt=on,
        answered_at__isnull=False,
        return_reason="",
    )
    return (
        OrganizationReportIn.objects.filter(
            models.Q(state__in=OrganizationReportIn.LIVE_STATES) | ran_out,
            **{_role_of(node): node},
            ends_on__gte=on,
        )
        .select_related("organization", "community")
        .order_by("pk")
    )


def _standing(rows: models.QuerySet) -> list[OrganizationReportIn]:
    """Without those that ended before their last day: they never held to it."""
    return [
        row
        for row in rows
        if row.state != State.ENDED
        or timezone.localdate(row.state_changed_at) > row.ends_on
    ]


def _role_of(node: Node) -> str:
    return "organization" if isinstance(node, Organization) else "community"


def _held_by_successor(
    row: OrganizationReportIn, node: Node, to: Node
) -> OrganizationReportIn | None:
    pair = {"organization": row.organization, "community": row.community}
    pair[_role_of(node)] = to
    if row.state != State.ENDED:
        period = ReportInPeriod(row.starts_on, row.ends_on)
        return live_report_in(**pair, period=period)
    return received_on(row.ends_on).filter(**pair).first()


def _outcome(row: OrganizationReportIn, node: Node, to: Node | None, on: date) -> str:
    if to is None:
        return _("由承接方继续，另编新号；承接方已有同一期报到的，本条结束")
    words = {"to": to.name, "day": day_text(on)}
    held = _held_by_successor(row, node, to)
    if held is not None:
        words["number"] = held.number or held.get_state_display()
        return _("%(to)s已有同一期的报到（%(number)s），本条结束") % words
    if row.number is None:
        return _("自%(day)s起由%(to)s承接草稿") % words
    return _("自%(day)s起由%(to)s承接，另编新号") % words
