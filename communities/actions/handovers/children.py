"""Organisations below a node: they go to its successor, with all below them."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import Handover, Held, chosen
from communities.actions.organizations import save_organization
from communities.models import Organization


class ChildrenHandover(Handover):
    """The next level below an organisation."""

    name = "children"
    label = gettext_lazy("下级党组织")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        return [
            Held(
                str(child.pk), child.name, _outcome(child, to), child.get_absolute_url()
            )
            for child in _children(node)
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        return node.children.filter(state__in=Organization.OVER_STATES).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        children = chosen(_children(node), keys)
        for child in children:
            child.parent = to
            save_organization(organization=child, by=by, on=max(on, child.starts_on))
        return len(children)


def may_stand_below(child: Organization, kind: str) -> bool:
    """Whether the kind of `child` is allowed under an organisation of `kind`."""
    return kind in Organization.PARENT_KINDS[child.kind]


def _children(node: Organization) -> models.QuerySet:
    return node.children.standing().order_by("pk")


def _outcome(child: Organization, to: Organization | None) -> str:
    if to is None:
        return _("需要另行安排")
    if not may_stand_below(child, to.kind):
        return _("%(kind)s不能设在%(parent)s之下，请先调整隶属") % {
            "kind": child.get_kind_display(),
            "parent": to.get_kind_display(),
        }
    return _("改为隶属“%(to)s”，连同下级") % {"to": to}
