"""What the dated changes mean for communities: rename, move, convert, merge, split."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
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
from communities.actions.divisions import check_code_is_free
from communities.actions.history import close_history, keep_version
from communities.actions.touched import move_chosen, move_everything
from communities.models import (
    Community,
    CommunityVersion,
    RegisterChange,
    Subdistrict,
)
from core import audit
from core.dates import day_text

Kind = RegisterChange.Kind
ONE_DAY = timedelta(days=1)
NAME_LENGTH = 100
MOST_PARTS = 5
_CODE = re.compile(r"[0-9]{12}")


def official_name_of(name: str, kind: str) -> str:
    """The name a register would give: 湖内社区居委会, 松州村委会."""
    return name + ("委会" if kind == Community.Kind.VILLAGE else "居委会")


def check_rename(node: Community, day: date, details: Details) -> Details:
    """A new name, and the official one that goes with it."""
    _check_stands(node, day)
    kept = _names(details, node.kind)
    if (node.name, node.official_name) == (kept["name"], kept["official_name"]):
        raise ChangeRefused(_("名称没有变化。"))
    return kept


def check_move(node: Community, day: date, details: Details) -> Details:
    """Another street or town."""
    _check_stands(node, day)
    street = Subdistrict.objects.filter(pk=details.get("subdistrict")).first()
    if street is None:
        raise ChangeRefused(_("请选择调整后的街道（镇）。"))
    if street.pk == node.subdistrict_id:
        raise ChangeRefused(
            _("%(name)s已经属于%(street)s。") % {"name": node, "street": street}
        )
    return {"subdistrict": street.pk}


def check_convert(node: Community, day: date, details: Details) -> Details:
    """A village becomes a community, with a name and a code of its own kind."""
    _check_stands(node, day)
    if node.kind != Community.Kind.VILLAGE:
        raise ChangeRefused(_("%(name)s不是村，不能村改社区。") % {"name": node})
    kept = _names(details, Community.Kind.RESIDENTS)
    kept["code"] = _free_code(details.get("code"), of=node)
    return kept


def check_merge(node: Community, day: date, details: Details) -> Details:
    """Another community that stands and goes on for both."""
    _check_stands(node, day, ends=True)
    successor = Community.objects.filter(pk=details.get("successor")).first()
    if successor is None:
        raise ChangeRefused(_("请选择合并后的社区（村）。"))
    if successor.pk == node.pk:
        raise ChangeRefused(_("不能与自己合并。"))
    _check_not_ended(successor)
    first = CommunityVersion.objects.filter(community=successor).earliest("starts_on")
    if day < first.starts_on:
        raise ChangeRefused(
            _("%(name)s自%(day)s起才设立，不能从更早的日期并入。")
            % {"name": successor, "day": day_text(first.starts_on)}
        )
    return {"successor": successor.pk}


def check_split(node: Community, day: date, details: Details) -> Details:
    """New communities under "nodes"; "dissolve" says whether the old one ends.

    "assign" maps what is touched ("pairings:12") to places in "nodes". What is not
    assigned stays; when the old one ends, it goes to the place "main", which is the
    successor and carries its history into figures by the boundary of today.
    """
    dissolve = bool(details.get("dissolve"))
    _check_stands(node, day, ends=dissolve)
    nodes = [_part(part, node) for part in details.get("nodes") or []]
    if not 1 + dissolve <= len(nodes) <= MOST_PARTS:
        raise ChangeRefused(
            _("原社区（村）撤销时至少分设两个，保留时至少分出一个；一次最多五个。")
        )
    codes = [part["code"] for part in nodes]
    if len(set(codes)) < len(codes):
        raise ChangeRefused(_("分设的社区（村）不能使用相同的区划代码。"))
    names = {part["name"] for part in nodes}
    if len(names) < len(nodes):
        raise ChangeRefused(_("分设的社区（村）不能同名。"))
    main = details.get("main") if dissolve else None
    if dissolve and main not in range(len(nodes)):
        raise ChangeRefused(_("请选定一个分设后的社区（村）承接原社区（村）的历史。"))
    assign = {
        str(key): place
        for key, place in dict(details.get("assign") or {}).items()
        if place in range(len(nodes))
    }
    return {"nodes": nodes, "dissolve": dissolve, "assign": assign, "main": main}


def _part(part: dict[str, Any], node: Community) -> dict[str, Any]:
    kind = part.get("kind") or node.kind
    if kind not in Community.Kind.values:
        raise ChangeRefused(_("请选择社区（村）的类型。"))
    code = _free_code(part.get("code"))
    return {**_names(part, kind), "code": code, "kind": str(kind)}


def _check_stands(node: Community, day: date, *, ends: bool = False) -> None:
    _check_not_ended(node)
    latest = CommunityVersion.objects.filter(community=node).latest("starts_on")
    if day - ONE_DAY * ends < latest.starts_on:
        raise ChangeRefused(
            _("%(name)s自%(day)s起已有变更，不能从更早的日期改起。")
            % {"name": node, "day": day_text(latest.starts_on)}
        )


def _check_not_ended(node: Community) -> None:
    if node.ends_on is not None:
        raise ChangeRefused(
            _("%(name)s已于%(day)s终止，不能再变更。")
            % {"name": node, "day": day_text(node.ends_on)}
        )


def _names(details: Details, kind: str) -> dict[str, str]:
    name = str(details.get("name") or "").strip()
    official = str(details.get("official_name") or "").strip()
    official = official or official_name_of(name, kind)
    if not name:
        raise ChangeRefused(_("请填写新的名称。"))
    if max(len(name), len(official)) > NAME_LENGTH:
        raise ChangeRefused(_("名称不能超过 100 个字。"))
    return {"name": name, "official_name": official}


def _free_code(code: object, *, of: Community | None = None) -> str:
    if not _CODE.fullmatch(str(code or "")):
        raise ChangeRefused(_("区划代码应为 12 位数字。"))
    check_code_is_free(str(code), of=of)
    return str(code)


def apply_rename(change: RegisterChange, by: User | None) -> None:
    """Take the new name from the day; earlier days keep the old one."""
    _apply_fields(change, check_rename, by)


def apply_move(change: RegisterChange, by: User | None) -> None:
    """Belong to the other street from the day."""
    held = check_move(change.community, change.effective_on, change.details)
    _change(change, {"subdistrict_id": held["subdistrict"]}, by)


def apply_convert(change: RegisterChange, by: User | None) -> None:
    """Be a community from the day, under the new name and code."""
    _apply_fields(change, check_convert, by, kind=Community.Kind.RESIDENTS)


def _apply_fields(
    change: RegisterChange,
    check: Callable[[Community, date, Details], Details],
    by: User | None,
    **more: object,
) -> None:
    checked = check(change.community, change.effective_on, change.details)
    _change(change, {**checked, **more}, by)


def _change(change: RegisterChange, values: dict[str, object], by: User | None) -> None:
    community = change.community
    for name, value in values.items():
        setattr(community, name, value)
    community.save()
    keep_version(community, on=change.effective_on)
    audit.record(
        "communities.community_changed",
        target=community,
        by=by,
        effective_on=change.effective_on.isoformat(),
        document=change.document,
        **values,
    )


def apply_merge(change: RegisterChange, by: User | None) -> None:
    """Hand everything over to the successor from the day, and end."""
    check_merge(change.community, change.effective_on, change.details)
    successor = Community.objects.get(pk=change.details["successor"])
    moved = move_everything(change.community, successor, on=change.effective_on, by=by)
    _keep_outcome(change, {"moved": moved})
    _end(change, successor, by)


def apply_split(change: RegisterChange, by: User | None) -> None:
    """Make the parts from the day and give each what was assigned to it."""
    details = check_split(change.community, change.effective_on, change.details)
    node, on = change.community, change.effective_on
    parts = [_make(change, part, by) for part in details["nodes"]]
    moved: Counter[str] = Counter()
    for place, made in enumerate(parts):
        keys = [key for key, to in details["assign"].items() if to == place]
        moved.update(move_chosen(node, made, keys=keys, on=on, by=by))
    if details["dissolve"]:
        main = parts[details["main"]]
        moved.update(move_everything(node, main, on=on, by=by))
        _end(change, main, by)
    created = [made.pk for made in parts]
    _keep_outcome(change, {**details, "created": created, "moved": dict(moved)})


def _keep_outcome(change: RegisterChange, outcome: Details) -> None:
    """Note on the change what it made and moved, for its page."""
    change.details = {**change.details, **outcome}
    change.save(update_fields=["details"])


def _make(change: RegisterChange, part: dict[str, Any], by: User | None) -> Community:
    made = Community.objects.create(
        subdistrict=change.community.subdistrict,
        **{name: part[name] for name in ("code", "name", "official_name", "kind")},
    )
    keep_version(made, on=change.effective_on)
    audit.record(
        "communities.community_created",
        target=made,
        by=by,
        effective_on=change.effective_on.isoformat(),
        split_from=change.community_id,
    )
    return made


def _end(change: RegisterChange, successor: Community, by: User | None) -> None:
    node, last_day = change.community, change.effective_on - ONE_DAY
    close_history(node, last_day=last_day)
    node.ends_on, node.successor = last_day, successor
    node.save(update_fields=["ends_on", "successor"])
    audit.record(
        "communities.community_ended",
        target=node,
        by=by,
        ends_on=last_day.isoformat(),
        successor=successor.pk,
        document=change.document,
    )


def _lock(node: Community, details: Details) -> None:
    ids = {node.pk}
    if isinstance(details.get("successor"), int):
        ids.add(details["successor"])
    lock_nodes(Community, ids)


def _never(details: Details) -> bool:
    return False


def _always(details: Details) -> bool:
    return True


def _when_dissolved(details: Details) -> bool:
    return bool(details.get("dissolve"))


def register_community_changes() -> None:
    """Say what each kind of change means for communities."""
    kinds = {
        Kind.RENAME: (check_rename, apply_rename, _never),
        Kind.MOVE: (check_move, apply_move, _never),
        Kind.CONVERT: (check_convert, apply_convert, _never),
        Kind.MERGE: (check_merge, apply_merge, _always),
        Kind.SPLIT: (check_split, apply_split, _when_dissolved),
    }
    for kind, (check, apply, ends) in kinds.items():
        applier = Applier(check=check, apply=apply, lock=_lock, ends=ends)
        register_applier(Community, kind, applier)
