"""Reads of the dated changes of the registers."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import (
    Community,
    Organization,
    RegisterChange,
    Subdistrict,
)
from communities.permissions import Permission, has_permission
from communities.queries.history import community_history, organization_history

State = RegisterChange.State
ONE_DAY = timedelta(days=1)
DESK_AHEAD, DESK_SIZE = timedelta(days=30), 10


def changes_in_order(*, state: str = "", kind: str = "") -> models.QuerySet:
    """Changes, first those that failed, then the planned ones, then the rest."""
    rank = models.Case(
        models.When(state=State.FAILED, then=0),
        models.When(state=State.PLANNED, then=1),
        default=2,
        output_field=models.IntegerField(),
    )
    chosen = {
        name: value for name, value in (("state", state), ("kind", kind)) if value
    }
    return (
        RegisterChange.objects.filter(**chosen)
        .select_related("organization", "community", "created_by")
        .order_by(rank, "-effective_on", "-pk")
    )


def name_targets(changes: Iterable[RegisterChange]) -> None:
    """Give each change `target_name`, borne the day before. Takes two queries."""
    changes = list(changes)
    organizations = organization_history(
        row.organization_id for row in changes if row.organization_id
    )
    communities = community_history(
        row.community_id for row in changes if row.community_id
    )
    for row in changes:
        day = row.effective_on - ONE_DAY
        if row.organization_id:
            then = organizations.on(row.organization_id, day)
        else:
            then = communities.on(row.community_id, day)
        row.target_name = (then or row.target).name


def describe_change(change: RegisterChange) -> list[tuple[str, str]]:
    """What a change says, as labels and words; for one not saved yet too."""
    details = change.details
    labels = {
        "name": _("新名称"),
        "official_name": _("登记名称"),
        "unit_name": _("所在单位"),
        "code": _("区划代码"),
    }
    lines = [
        (label, str(details[key])) for key, label in labels.items() if key in details
    ]
    lines += _named_nodes(change)
    if "subdistrict" in details:
        street = Subdistrict.objects.filter(pk=details["subdistrict"]).first()
        lines.append((_("新的街道（镇）"), str(street or "—")))
    lines += [
        (_("新设"), _new_node(node))
        for node in details.get("nodes") or details.get("parts") or []
    ]
    if change.kind == RegisterChange.Kind.SPLIT:
        is_end = details.get("dissolve") or details.get("ends")
        old = _("原党组织") if change.organization_id else _("原社区（村）")
        lines.append((old, _("同时撤销") if is_end else _("保留")))
        if is_end and details.get("main") is not None:
            main = details["nodes"][details["main"]]
            lines.append((_("以往数据按现行区划计入"), main["name"]))
    return lines


def _named_nodes(change: RegisterChange) -> list[tuple[str, str]]:
    labels = {"parent": _("新的上级"), "successor": _("合并后")}
    ids = {key: change.details[key] for key in labels if change.details.get(key)}
    found = type(change.target).objects.in_bulk(ids.values()) if ids else {}
    return [(labels[key], str(found.get(pk, "—"))) for key, pk in ids.items()]


def _new_node(node: dict[str, str]) -> str:
    kinds = dict(Organization.Kind.choices) | dict(Community.Kind.choices)
    kind = kinds.get(node.get("kind", ""), "")
    more = " ".join(filter(None, [str(kind), node.get("code", "")]))
    return f"{node.get('name', '')}（{more}）" if more else node.get("name", "")


def nodes_made_by(change: RegisterChange) -> list[models.Model]:
    """The organisations or communities a split made."""
    ids = change.details.get("created") or []
    return list(type(change.target).objects.filter(pk__in=ids).order_by("pk"))


def desk_changes(user: User, *, today: date) -> dict[str, Any] | None:
    """Changes that failed or take effect within 30 days, for who keeps the registers.

    `rows` are the first of them, `failed_count` says how many failed. None for others,
    or when nothing waits.
    """
    if not has_permission(user, Permission.REGISTER_MANAGE):
        return None
    waiting = models.Q(state=State.FAILED) | models.Q(
        state=State.PLANNED, effective_on__lte=today + DESK_AHEAD
    )
    failed = models.Count("pk", filter=models.Q(state=State.FAILED))
    rows = list(
        RegisterChange.objects.filter(waiting)
        .annotate(failed_count=models.Window(failed))
        .select_related("organization", "community")
        .order_by("effective_on", "pk")[:DESK_SIZE]
    )
    name_targets(rows)
    return {"rows": rows, "failed_count": rows[0].failed_count} if rows else None
