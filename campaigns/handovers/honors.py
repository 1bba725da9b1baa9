"""Honours: applications go to the successor, what was awarded keeps its old name.

The yearly check of an awarded one is the successor's: a merged organisation stands
below it in the tree, a merged community is covered by its officials, and reminders
follow the chain (campaigns.queries.honor_rules.officials_of_honor).
"""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Honor
from campaigns.queries.honor_rules import BEFORE_AWARD
from communities.actions.handovers import Handover, Held, Node, chosen
from core import audit


class HonorHandover(Handover):
    """Applications of an organisation, or for families of a community."""

    name = "honors"
    label = gettext_lazy("荣誉申报")

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        outcome = _("由“%(to)s”继续申报") % {"to": to} if to else _("需要另行安排")
        return [
            Held(
                str(honor.pk),
                f"{honor.audit_name}（{honor.get_state_display()}）",
                outcome,
                honor.get_absolute_url(),
            )
            for honor in _open_of(node)
        ]

    def kept(self, node: Node, *, on: date) -> int:
        return _of(node).exclude(state__in=BEFORE_AWARD).count()

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        moved = chosen(_open_of(node).select_for_update(of=("self",)), keys)
        field = node._meta.model_name
        for honor in moved:
            setattr(honor, field, to)
            honor.save(update_fields=[field])
            audit.record(
                "campaigns.honor_changed",
                target=honor,
                by=by,
                fields=[field],
                instead_of=node.pk,
            )
        return len(moved)


def _open_of(node: Node) -> models.QuerySet:
    return _of(node).filter(state__in=BEFORE_AWARD).order_by("pk")


def _of(node: Node) -> models.QuerySet:
    return Honor.objects.filter(**{node._meta.model_name: node})
