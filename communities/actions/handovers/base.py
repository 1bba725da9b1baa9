"""What goes from one organisation or community to another when they merge or split.

Each kind of row that hangs on an organisation or a community has one handover: it
lists what a change would touch, and moves it. This floor does not know the apps
above; they register theirs in `AppConfig.ready`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeVar

from django.db import models

from accounts.models import User
from communities.models import Community, Organization

Node = Organization | Community
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Held:
    """One thing a node holds on a day and that would go to its successor.

    `key` names it within its handover; `outcome` says in words what becomes of it
    ("自2026年12月1日（周二）起由 … 承接"); `url` leads to it, or is "".
    """

    key: str
    text: str
    outcome: str
    url: str = ""


def holder_of_links(to: Node) -> Node:
    """Who takes over what ties a unit to a community: its highest organisation.

    Pairings, report-ins and agreements of one pair must hang on the same one.
    """
    if isinstance(to, Community):
        return to
    while (
        to.parent is not None
        and to.parent.unit_name == to.unit_name
        and to.parent.state == Organization.State.ACTIVE
    ):
        to = to.parent
    return to


def chosen(rows: Iterable[Row], keys: Collection[str] | None) -> list[Row]:
    """The rows that `keys` name, or all of them with None."""
    return [row for row in rows if keys is None or str(row.pk) in keys]


class Handover:
    """One kind of row, and what becomes of it. Subclass it, register an instance."""

    name: ClassVar[str]  # in forms and audit lines: "pairings"
    label: ClassVar[str]  # on the page: "结对"
    node_models: ClassVar[tuple[type, ...]] = (Organization, Community)
    # Rows that only follow others (shifts their activity) are shown, never assigned.
    follows: ClassVar[bool] = False

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        """What of this kind stands with `node` on `on` or later, without writing.

        `to` is who would take it over, None while nobody is chosen yet.
        """
        raise NotImplementedError

    def kept(self, node: Node, *, on: date) -> int:
        """How many past rows stay under the old name: for the preview."""
        return 0

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        """Give it to `to` from `on`; only the named `keys`, or all with None.

        Past rows keep the old node: what held before `on` still holds under it.
        Runs inside the transaction of the change, which holds the locks of both
        nodes (ids ascending). Returns how many rows were touched. Writes an audit
        line for each row.
        """
        raise NotImplementedError


_HANDOVERS: list[Handover] = []


def register(handover: Handover) -> None:
    """Add a kind of row; a second time under the same name changes nothing."""
    if all(known.name != handover.name for known in _HANDOVERS):
        _HANDOVERS.append(handover)


def handovers_for(node: Node) -> list[Handover]:
    """The handovers of this kind of node, in the order of registration."""
    return [known for known in _HANDOVERS if isinstance(node, known.node_models)]


def register_all(handovers: Iterable[Handover]) -> None:
    """Add several kinds of rows."""
    for handover in handovers:
        register(handover)
