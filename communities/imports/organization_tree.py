"""Fits the lines of a roster into the tree of organisations: who is whose child."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from communities.imports.cells import NearestNames
from communities.imports.organizations import OrganizationLine
from communities.imports.results import RowProblem
from communities.models import Organization, OrganizationVersion
from core.text import normalize_name

State = Organization.State


@dataclass(eq=False)
class Node:
    """A place in the tree to be: a line, an organisation of the register, or both."""

    line: OrganizationLine | None
    organization: Organization | None
    parent: "Node | None" = None

    @property
    def name(self) -> str:
        return self.line.name if self.line else self.organization.name

    @property
    def unit_name(self) -> str:
        return self.line.unit_name if self.line else self.organization.unit_name

    @property
    def kind(self) -> str:
        return self.line.kind if self.line else self.organization.kind

    @property
    def kind_label(self) -> str:
        return Organization.Kind(self.kind).label


@dataclass
class OrganizationPlan:
    """The lines in an order in which parents come before their children."""

    nodes: list[Node] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def plan_organizations(
    lines: Iterable[OrganizationLine], register: Iterable[Organization]
) -> OrganizationPlan:
    """Return where each line belongs, and which lines belong nowhere.

    A line is an organisation of the register when name and parent are the same, or
    when the name occurs once here and there and the unit is the same (it moved).
    A parent may go by an earlier name; a line that does would make the organisation
    twice, so it is refused with the name of today. `register` comes with `parent`
    loaded. Source: PRODUCT section 3, Organization.
    """
    versions = OrganizationVersion.objects.exclude(ends_on=None)
    return _Planner(list(lines), list(register), versions).plan()


class _Planner:
    def __init__(
        self,
        lines: list[OrganizationLine],
        register: list[Organization],
        versions: Iterable[OrganizationVersion],
    ) -> None:
        self._register = defaultdict(list)
        for organization in register:
            self._register[normalize_name(organization.name)].append(organization)
        self._lines = defaultdict(list)
        for line in lines:
            self._lines[normalize_name(line.name)].append(line)
        self._plan = OrganizationPlan()
        self._nearest = NearestNames()
        self._nodes = self._line_nodes(lines)
        self._all = self._nodes + self._register_nodes(register)
        self._by_name = defaultdict(list)
        for node in self._all:
            self._by_name[normalize_name(node.name)].append(node)
        by_pk = {node.organization.pk: node for node in self._all if node.organization}
        self._former: dict[str, set[Node]] = defaultdict(set)
        for version in versions:
            if version.organization_id in by_pk:
                name = normalize_name(version.name)
                self._former[name].add(by_pk[version.organization_id])

    def plan(self) -> OrganizationPlan:
        self._link_register()
        for node in self._nodes:
            self._link(node)
        self._check_circles()
        for node in self._all:
            self._check_kinds(node)
        if not self._plan.problems:
            self._plan.nodes = self._parents_first()
        return self._plan

    def _refuse(self, node: Node, text: str) -> None:
        self._plan.problems.append(RowProblem(node.line.number, text))

    def _line_nodes(self, lines: list[OrganizationLine]) -> list[Node]:
        nodes: list[Node] = []
        seen: dict[tuple[str, str], int] = {}
        taken: dict[int, int] = {}
        for line in lines:
            key = (normalize_name(line.name), normalize_name(line.parent_name))
            organization = self._same(line)
            first = seen.get(key) or taken.get(organization and organization.pk)
            if first:
                text = _("与第 %(first)d 行是同一个党组织。") % {"first": first}
                self._plan.problems.append(RowProblem(line.number, text))
                continue
            seen[key] = line.number
            if organization is not None:
                taken[organization.pk] = line.number
            nodes.append(Node(line, organization))
        return nodes

    def _same(self, line: OrganizationLine) -> Organization | None:
        """The organisation of the register that the line speaks of."""
        key = normalize_name(line.name)
        alike = self._register[key]
        parent_key = normalize_name(line.parent_name)
        same = [row for row in alike if _parent_key(row) == parent_key]
        if len(same) > 1:
            same = [row for row in same if _is_same_unit(row, line)]
        if len(same) == 1:
            return same[0]
        if len(alike) == len(self._lines[key]) == 1 and _is_same_unit(alike[0], line):
            return alike[0]
        return None

    def _register_nodes(self, register: list[Organization]) -> list[Node]:
        spoken_of = {node.organization.pk for node in self._nodes if node.organization}
        return [Node(None, row) for row in register if row.pk not in spoken_of]

    def _link_register(self) -> None:
        by_pk = {node.organization.pk: node for node in self._all if node.organization}
        for node in self._all:
            if node.organization is not None:
                node.parent = by_pk.get(node.organization.parent_id)

    def _link(self, node: Node) -> None:
        line = node.line
        organization = node.organization
        if organization and organization.state in (State.MERGED, State.DISSOLVED):
            self._refuse(node, _over(organization))
        elif organization is None and (today := self._renamed(line)):
            self._refuse(
                node,
                _("“%(name)s”是“%(today)s”的旧名，请改写现名。")
                % {"name": line.name, "today": today.name},
            )
        elif line.parent_name:
            self._link_to_named(node)
        elif organization is None and node.kind != Organization.Kind.WORKING_COMMITTEE:
            self._refuse(node, _("没有填写上级党组织。"))

    def _renamed(self, line: OrganizationLine) -> Organization | None:
        """The organisation of the line's unit that once had the line's name."""
        for node in self._former.get(normalize_name(line.name), ()):
            if node.organization and _is_same_unit(node.organization, line):
                return node.organization
        return None

    def _link_to_named(self, node: Node) -> None:
        name = node.line.parent_name
        key = normalize_name(name)
        found = self._by_name.get(key) or list(self._former.get(key, ()))
        if len(found) > 1:
            unit = normalize_name(node.unit_name)
            near = [row for row in found if normalize_name(row.unit_name) == unit]
            found = near if len(near) == 1 else found
        if not found:
            text = _("没有找到上级党组织“%(name)s”，%(nearest)s") % {
                "name": name[:60],
                "nearest": self._nearest.words(name, [row.name for row in self._all]),
            }
            self._refuse(node, text)
        elif len(found) > 1:
            text = _("上级党组织“%(name)s”有 %(count)d 个同名，无法判断是哪一个。") % {
                "name": name,
                "count": len(found),
            }
            self._refuse(node, text)
        elif found[0] is node:
            self._refuse(node, _("上级党组织不能是自己。"))
        else:
            node.parent = found[0]

    def _check_circles(self) -> None:
        for node in self._nodes:
            above = node.parent
            passed = {node}
            while above is not None and above not in passed:
                passed.add(above)
                above = above.parent
            if above is node:
                names = " → ".join(_names_up(node))
                self._refuse(node, _("上下级关系成环：%(names)s。") % {"names": names})

    def _check_kinds(self, node: Node) -> None:
        """Parent and child must fit; the line of either one is named."""
        parent = node.parent
        if parent is None or not (node.line or parent.line):
            return
        allowed = Organization.PARENT_KINDS[node.kind]
        if node.line and parent.line is None and parent.organization.state != "active":
            state = parent.organization.get_state_display()
            self._refuse(
                node,
                _("上级党组织“%(name)s”%(state)s。")
                % {"name": parent.name, "state": state},
            )
        elif parent.kind not in allowed:
            self._refuse(
                node if node.line else parent,
                _("%(kind)s“%(name)s”不能设在%(parent_kind)s“%(parent)s”之下。")
                % {
                    "kind": node.kind_label,
                    "name": node.name,
                    "parent_kind": parent.kind_label,
                    "parent": parent.name,
                },
            )

    def _parents_first(self) -> list[Node]:
        return sorted(self._nodes, key=lambda node: (_depth(node), node.line.number))


def _over(organization: Organization) -> str:
    if organization.state == State.MERGED and organization.successor:
        return _("该党组织已并入“%(successor)s”，不能导入。") % {
            "successor": organization.successor
        }
    state = organization.get_state_display()
    return _("该党组织%(state)s，不能导入。") % {"state": state}


def _parent_key(organization: Organization) -> str:
    return normalize_name(organization.parent.name) if organization.parent else ""


def _is_same_unit(organization: Organization, line: OrganizationLine) -> bool:
    return normalize_name(organization.unit_name) == normalize_name(line.unit_name)


def _names_up(node: Node) -> list[str]:
    """The names of a circle, from the node back to itself."""
    names, above = [node.name], node.parent
    while above is not node:
        names.append(above.name)
        above = above.parent
    return [*names, node.name]


def _depth(node: Node) -> int:
    depth = 0
    while node.parent is not None:
        node, depth = node.parent, depth + 1
    return depth
