"""Agreements and open actions of meetings, when units or communities merge or split.

An agreement in force ends the day before and goes on under the successor to its own
end, as its renewal; one that begins later changes hands as it is. Where the successor
has an agreement with the same partner, that one stays and the other ends. Records of
meetings stay with whom they name; what a unit still has to do goes to its successor.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.agreements import overlapping_agreements
from communities.actions.handovers.base import (
    Handover,
    Held,
    Node,
    chosen,
    holder_of_links,
)
from communities.models import Agreement, Community, MeetingAction, Organization
from core import audit
from core.dates import day_text

DAY = timedelta(days=1)


class AgreementHandover(Handover):
    """Co-building agreements that hold on the day or later."""

    name = "agreements"
    label = gettext_lazy("共建协议")

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        taker = to and holder_of_links(to)
        if taker == node:
            return []
        return [
            Held(
                str(agreement.pk),
                _("%(title)s（%(unit)s、%(community)s）")
                % {
                    "title": agreement.title,
                    "unit": agreement.organization.unit_name,
                    "community": agreement.community.name,
                },
                _outcome(agreement, on, taker),
                agreement.get_absolute_url(),
            )
            for agreement in _standing(node, on)
        ]

    def kept(self, node: Node, *, on: date) -> int:
        return node.agreements.filter(ends_on__lt=on).count()

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        taker = holder_of_links(to)
        if taker == node:
            return 0
        rows = chosen(_standing(node, on).select_for_update(of=("self",)), keys)
        for agreement in rows:
            _hand_over(agreement, taker, on=on, by=by)
        return len(rows)


class MeetingActionHandover(Handover):
    """What a unit agreed on in joint meetings and has not done yet."""

    name = "meeting_actions"
    label = gettext_lazy("联席会议议定事项")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        outcome = (
            _("改由%(unit)s办理。") % {"unit": to.unit_name}
            if to
            else _("改由承接的单位办理。")
        )
        return [
            Held(
                str(action.pk),
                action.text,
                outcome,
                action.meeting.get_absolute_url(),
            )
            for action in _open_actions(node)
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        return node.meeting_actions.exclude(done_at=None).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        count = 0
        for action in _open_actions(node).select_for_update(of=("self",)):
            if keys is not None and str(action.pk) not in keys:
                continue
            action.owner = to
            action.save(update_fields=["owner"])
            audit.record(
                "communities.meeting_action_changed",
                target=action,
                by=by,
                owner=to.unit_name,
                before=node.unit_name,
            )
            count += 1
        return count


def _open_actions(node: Organization) -> models.QuerySet:
    actions = MeetingAction.objects.filter(owner=node, done_at=None)
    return actions.select_related("meeting").order_by("pk")


def _standing(node: Node, on: date) -> models.QuerySet:
    rows = node.agreements.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=on))
    return rows.select_related("organization", "community").order_by("starts_on", "pk")


def _pair(agreement: Agreement, to: Node) -> tuple[Organization, Community]:
    if isinstance(to, Organization):
        return to, agreement.community
    return agreement.organization, to


def _is_there(agreement: Agreement, to: Node, on: date) -> bool:
    """Whether the successor has an agreement with the same partner in that time."""
    organization, community = _pair(agreement, to)
    starts_on = max(on, agreement.starts_on)
    return overlapping_agreements(
        organization, community, starts_on, agreement.ends_on
    ).exists()


def _outcome(agreement: Agreement, on: date, to: Node | None) -> str:
    if to is None:
        return _("自%(day)s起由承接方继续履行。") % {"day": day_text(on)}
    name = to.unit_name if isinstance(to, Organization) else to.name
    values = {"name": name, "day": day_text(on), "last": day_text(on - DAY)}
    if agreement.starts_on < on and _is_there(agreement, to, on):
        return _("%(name)s已与对方签有协议，这一份到%(last)s为止。") % values
    return _("自%(day)s起由%(name)s继续履行。") % values


def _hand_over(agreement: Agreement, to: Node, *, on: date, by: User | None) -> None:
    organization, community = _pair(agreement, to)
    if agreement.starts_on >= on:
        agreement.organization, agreement.community = organization, community
        agreement.save(update_fields=["organization", "community"])
        audit.record(
            "communities.agreement_changed", target=agreement, by=by, now_with=str(to)
        )
        return
    is_there, lasts_to = _is_there(agreement, to, on), agreement.ends_on
    agreement.ends_on = on - DAY
    agreement.save(update_fields=["ends_on"])
    audit.record(
        "communities.agreement_ended", target=agreement, by=by, ends_on=on - DAY
    )
    if is_there:
        return
    renewal = Agreement.objects.filter(renews=agreement).first()
    if renewal is not None:
        # The agreement that goes on now stands between the two.
        renewal.renews = None
        renewal.save(update_fields=["renews"])
    follows = Agreement.objects.create(
        organization=organization,
        community=community,
        title=agreement.title,
        signed_on=agreement.signed_on,
        starts_on=on,
        ends_on=lasts_to,
        summary=agreement.summary,
        file=agreement.file,
        file_name=agreement.file_name,
        renews=agreement,
        created_by=by,
    )
    audit.record(
        "communities.agreement_created", target=follows, by=by, continues=agreement.pk
    )
    if renewal is not None:
        renewal.renews = follows
        renewal.save(update_fields=["renews"])
