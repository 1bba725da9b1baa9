"""What an uploaded roster or code list would change in a register, row by row."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from communities.imports.divisions import (
    CommunityLine,
    DivisionLines,
    SubdistrictLine,
)
from communities.imports.organization_tree import Node, plan_organizations
from communities.imports.organizations import OrganizationLine
from communities.models import Community, Organization, RegisterImport, Subdistrict
from core.phones import mask_phone
from core.text import normalize_name

CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"
Kind = RegisterImport.Kind


@dataclass(frozen=True)
class Difference:
    """One row of the file: what it would do, and its changes (label, from, to)."""

    number: int
    name: str
    outcome: str
    changes: tuple[tuple[str, str, str], ...] = ()


def lines_to_json(kind: str, lines: Any) -> dict[str, list]:
    """The lines as plain values; what they were is told by `kind`."""
    if kind == Kind.ORGANIZATIONS:
        return {"organizations": [asdict(line) for line in lines]}
    return {
        "subdistricts": [asdict(line) for line in lines.subdistricts],
        "communities": [asdict(line) for line in lines.communities],
    }


def lines_from_json(kind: str, rows: dict[str, list]) -> Any:
    """What `lines_to_json` was given."""
    if kind == Kind.ORGANIZATIONS:
        return [OrganizationLine(**row) for row in rows.get("organizations", [])]
    return DivisionLines(
        subdistricts=[SubdistrictLine(**row) for row in rows.get("subdistricts", [])],
        communities=[CommunityLine(**row) for row in rows.get("communities", [])],
    )


def differences(kind: str, lines: Any) -> list[Difference]:
    """The rows of the file, each compared with the register of this moment."""
    if kind == Kind.ORGANIZATIONS:
        register = Organization.objects.select_related("parent")
        nodes = plan_organizations(lines, register).nodes
        found = [_of_organization(node) for node in nodes if node.line]
    else:
        found = [*_of_subdistricts(lines), *_of_communities(lines)]
    return sorted(found, key=lambda row: row.number)


def fingerprint(rows: list[Difference], effective_on: date | None) -> str:
    """What was looked at, in 64 letters: another plan has another one."""
    text = json.dumps([str(effective_on), [asdict(row) for row in rows]])
    return hashlib.sha256(text.encode()).hexdigest()


def _difference(
    number: int, name: str, held: models.Model | None, values: dict[str, tuple]
) -> Difference:
    changes = tuple(
        (str(label), str(before or ""), str(after))
        for label, (before, after) in values.items()
        if (before or "") != after
    )
    if held is None:
        return Difference(number, name, CREATED, changes)
    return Difference(number, name, CHANGED if changes else UNCHANGED, changes)


def _label(model: type[models.Model], field: str) -> str:
    return str(model._meta.get_field(field).verbose_name)


def _of_organization(node: Node) -> Difference:
    """Blank cells say nothing; a unit spelled with other blanks is the same."""
    line, held = node.line, node.organization
    now = held or Organization(kind="", unit_name="")
    values: dict[str, tuple] = {}
    if now.kind != line.kind:
        values[_label(Organization, "kind")] = (
            now.get_kind_display() if held else "",
            Organization.Kind(line.kind).label,
        )
    if normalize_name(now.unit_name) != normalize_name(line.unit_name):
        values[_label(Organization, "unit_name")] = (now.unit_name, line.unit_name)
    before = held.parent.name if held and held.parent else ""
    if _moves(node):
        after = node.parent.name if node.parent else ""
        values[_label(Organization, "parent")] = (before, after or _("（无）"))
    for field in ("member_count", "contact_name", "contact_phone"):
        value = getattr(line, field)
        if value in ("", None) or getattr(now, field) == value:
            continue
        pair = (getattr(now, field) or "", value)
        if field == "contact_phone":
            pair = tuple(mask_phone(part) if part else "" for part in pair)
            if pair[0] == pair[1]:  # the digits that differ are the hidden ones
                pair = (pair[0], _("%(phone)s（新号码）") % {"phone": pair[1]})
        values[_label(Organization, field)] = pair
    return _difference(line.number, line.name, held, values)


def _moves(node: Node) -> bool:
    parent = node.parent.organization if node.parent else None
    is_new_parent = node.parent is not None and parent is None
    held = node.organization
    return is_new_parent or (held and held.parent_id) != (parent and parent.pk)


def _of_subdistricts(lines: DivisionLines) -> Iterator[Difference]:
    held = {row.code: row for row in Subdistrict.objects.all()}
    for line in lines.subdistricts:
        row = held.get(line.code)
        values = {_label(Subdistrict, "name"): (row and row.name, line.name)}
        yield _difference(line.number, line.name, row, values)


def _of_communities(lines: DivisionLines) -> Iterator[Difference]:
    held = {row.code: row for row in Community.objects.select_related("subdistrict")}
    streets = dict(Subdistrict.objects.values_list("code", "name"))
    streets |= {line.code: line.name for line in lines.subdistricts}
    for line in lines.communities:
        row = held.get(line.code)
        if row is not None and row.ends_on is not None:  # stays as it ended
            yield Difference(line.number, line.name, UNCHANGED)
            continue
        street = streets.get(line.subdistrict_code, line.subdistrict_code)
        moves = row is None or row.subdistrict.code != line.subdistrict_code
        values = {
            _label(Community, "name"): (row and row.name, line.name),
            _label(Community, "official_name"): (
                row and row.official_name,
                line.official_name,
            ),
            _label(Community, "kind"): (
                row and row.get_kind_display(),
                Community.Kind(line.kind).label,
            ),
        }
        if moves:
            values[_label(Community, "subdistrict")] = (
                row and row.subdistrict.name,
                street,
            )
        yield _difference(line.number, line.name, row, values)
