"""Splitting an organisation: new ones take over what is assigned to them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.changes import (
    Applier,
    ChangeRefused,
    Details,
    lock_nodes,
    register_applier,
)
from communities.actions.merges import end_into
from communities.actions.organization_changes import (
    NAME_LENGTH,
    check_can_end,
    check_changeable,
    standing_parent,
)
from communities.actions.organizations import check_parent, save_organization
from communities.actions.touched import keys_to_assign, move_chosen
from communities.models import Organization, RegisterChange

MOST_NEW = 5


def check_split(target: Organization, on: date, details: Details) -> Details:
    """Raise ChangeRefused unless the new organisations fit; see `_split`.

    `details` holds "nodes" (name, unit_name, kind and parent of each new one),
    "dissolve" and "assign": keys of what is touched to places in "nodes". What is
    not assigned stays. When the old one ends, everything known must be assigned.
    """
    dissolve = bool(details.get("dissolve"))
    (check_can_end if dissolve else check_changeable)(target, on=on)
    nodes = [_checked_node(target, node, on, dissolve) for node in _nodes(details)]
    names = [node["name"] for node in nodes]
    if len(set(names)) < len(names):
        raise ChangeRefused(_("新设的党组织不能同名。"))
    assign = {
        str(key): int(place)
        for key, place in dict(details.get("assign") or {}).items()
        if 0 <= int(place) < len(nodes)
    }
    if dissolve:
        _check_all_assigned(target, on, assign)
    _check_children_fit(target, nodes, assign)
    return {"nodes": nodes, "dissolve": dissolve, "assign": assign}


def _nodes(details: Details) -> list[dict[str, Any]]:
    nodes = list(details.get("nodes") or [])
    if not 0 < len(nodes) <= MOST_NEW:
        raise ChangeRefused(
            _("请填写 1 至 %(most)d 个新设的党组织。") % {"most": MOST_NEW}
        )
    return nodes


def _checked_node(
    target: Organization, node: dict[str, Any], on: date, dissolve: bool
) -> dict[str, Any]:
    name = str(node.get("name") or "").strip()
    unit_name = str(node.get("unit_name") or target.unit_name)
    if not name or max(len(name), len(unit_name)) > NAME_LENGTH:
        raise ChangeRefused(_("请填写新设党组织的名称，不超过 100 个字。"))
    new = Organization(name=name, kind=node.get("kind") or target.kind)
    if new.kind not in Organization.Kind.values:
        raise ChangeRefused(_("请选择新设党组织的类型。"))
    parent_pk = node.get("parent") or target.parent_id
    parent = standing_parent(parent_pk, on=on) if parent_pk else None
    check_parent(new, parent)
    if parent and parent.is_below(target) and (dissolve or parent != target):
        raise ChangeRefused(
            _("“%(name)s”不能设在要撤销的党组织或被分设党组织的下级之下。")
            % {"name": name}
        )
    return {
        "name": name,
        "unit_name": unit_name,
        "kind": str(new.kind),
        "parent": parent_pk,
    }


def _check_all_assigned(target: Organization, on: date, assign: dict[str, int]) -> None:
    missing = [
        row.text
        for key, row in keys_to_assign(target, on=on).items()
        if key not in assign
    ]
    if missing:
        raise ChangeRefused(
            _("原党组织撤销时，所有事项都要分给新设的党组织。还没有分：%(names)s。")
            % {"names": "、".join(missing[:5])}
        )


def _check_children_fit(
    target: Organization, nodes: list[dict[str, Any]], assign: dict[str, int]
) -> None:
    for child in target.children.standing():
        place = assign.get(f"children:{child.pk}")
        if place is None:
            continue
        kind = nodes[place]["kind"]
        if kind not in Organization.PARENT_KINDS[child.kind]:
            raise ChangeRefused(
                _("下级“%(child)s”不能设在%(kind)s“%(name)s”之下。")
                % {
                    "child": child,
                    "kind": Organization.Kind(kind).label,
                    "name": nodes[place]["name"],
                }
            )


def _split(change: RegisterChange, by: User | None) -> None:
    """Make the new organisations and give each what was assigned to it.

    Rows that came after the plan was made stay, or go to the first new one when
    the old one ends; rows that are gone are passed over.
    """
    target, on = change.organization, change.effective_on
    details = dict(change.details)
    if details.get("dissolve"):
        details["assign"] = _with_late_rows(target, on, details["assign"])
    details = check_split(target, on, details)
    created = [_create(node, on, by) for node in details["nodes"]]
    moved: dict[str, int] = {}
    for place, new in enumerate(created):
        keys = [key for key, at in details["assign"].items() if at == place]
        for name, count in move_chosen(target, new, keys=keys, on=on, by=by).items():
            moved[name] = moved.get(name, 0) + count
    change.details = details | {
        "created": [new.pk for new in created],
        "moved": moved,
    }
    change.save(update_fields=["details"])
    if details["dissolve"]:
        end_into(
            target,
            created[0],
            state=Organization.State.DISSOLVED,
            on=on,
            by=by,
            reason=change.reason,
        )


def _with_late_rows(
    target: Organization, on: date, assign: dict[str, int]
) -> dict[str, int]:
    return dict.fromkeys(keys_to_assign(target, on=on), 0) | assign


def _create(node: dict[str, Any], on: date, by: User | None) -> Organization:
    parent = node["parent"] and Organization.objects.get(pk=node["parent"])
    new = Organization(
        name=node["name"],
        unit_name=node["unit_name"],
        kind=node["kind"],
        parent=parent,
        starts_on=on,
    )
    return save_organization(organization=new, by=by)


def _lock(target: Organization, details: Details) -> None:
    children = target.children.standing().values_list("pk", flat=True)
    lock_nodes(Organization, {target.pk, *children})


def _ends(details: Details) -> bool:
    return bool(details.get("dissolve"))


register_applier(
    Organization,
    RegisterChange.Kind.SPLIT,
    Applier(check_split, _split, _lock, _ends),
)
