"""Roles of officials: the right for the old node ends, the new one follows on."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import Handover, Held, Node, chosen
from communities.models import Membership
from core import audit


class MembershipHandover(Handover):
    """Who acts for an organisation or a community."""

    name = "memberships"
    label = gettext_lazy("角色授权")

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        return [
            Held(
                str(row.pk),
                f"{row.user} {row.get_role_display()}",
                _outcome(row, on, to),
            )
            for row in memberships_from(node, on).select_related("user")
        ]

    def kept(self, node: Node, *, on: date) -> int:
        held = Membership.objects.filter(_scope(node), voided_at=None)
        return held.filter(starts_on__lt=on).count()

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        rows = _locked(node, on, keys)
        for row in rows:
            _follow_on(row, on, to, by)
            _end(row, on, by)
        return len(rows)


def memberships_from(node: Node, on: date) -> models.QuerySet:
    """Roles for a node that hold on `on` or later."""
    rows = Membership.objects.filter(_scope(node), voided_at=None)
    return rows.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=on)).order_by(
        "pk"
    )


def end_memberships(node: Node, *, on: date, by: User | None) -> int:
    """End all roles for a node the day before `on`; returns how many."""
    rows = _locked(node, on, None)
    for row in rows:
        _end(row, on, by)
    return len(rows)


def _scope(node: Node) -> models.Q:
    return models.Q(**{node._meta.model_name: node})


def _locked(node: Node, on: date, keys: Collection[str] | None) -> list[Membership]:
    rows = memberships_from(node, on)
    people = User.objects.filter(pk__in=rows.order_by().values("user_id"))
    list(people.select_for_update().order_by("pk"))
    return chosen(rows, keys)


def _held_by_successor(row: Membership, first_day: date, to: Node) -> bool:
    same = Membership.objects.filter(
        _scope(to),
        user_id=row.user_id,
        role=row.role,
        voided_at=None,
        starts_on__lte=first_day,
    )
    lasting = models.Q(ends_on=None)
    if row.ends_on is not None:
        lasting |= models.Q(ends_on__gte=row.ends_on)
    return same.filter(lasting).exists()


def _follow_on(row: Membership, on: date, to: Node, by: User | None) -> None:
    """Grant the same role for the successor, as given by who gave the first."""
    first_day = max(on, row.starts_on)
    if _held_by_successor(row, first_day, to):
        return
    granted = Membership.objects.create(
        user_id=row.user_id,
        role=row.role,
        starts_on=first_day,
        ends_on=row.ends_on,
        granted_by_id=row.granted_by_id,
        **{to._meta.model_name: to},
    )
    audit.record(
        "communities.membership_granted",
        target=granted,
        by=by,
        user_id=row.user_id,
        role=row.role,
        scope=str(to),
        instead_of=row.pk,
    )


def _end(row: Membership, on: date, by: User | None) -> None:
    """Its last day is the day before; one that had not begun then is voided."""
    row.ends_on = max(row.starts_on, on - timedelta(days=1))
    if row.starts_on >= on:
        row.voided_at = timezone.now()
    row.save(update_fields=["ends_on", "voided_at"])
    audit.record("communities.membership_ended", target=row, by=by, on=row.ends_on)


def _outcome(row: Membership, on: date, to: Node | None) -> str:
    if to is None:
        return _("前一天结束")
    if _held_by_successor(row, max(on, row.starts_on), to):
        return _("前一天结束；在“%(to)s”已有同样的角色") % {"to": to}
    return _("改为“%(to)s”的同样角色") % {"to": to}
