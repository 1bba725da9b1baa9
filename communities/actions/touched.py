"""What a merge, a split or a dissolution touches, listed before anything changes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from communities.actions.handovers import Handover, Held, Node, handovers_for


@dataclass(frozen=True)
class Touched:
    """Rows of one kind: those that change hands, and how many stay as past."""

    name: str
    label: str
    rows: list[Held]
    kept: int = 0
    follows: bool = False

    @property
    def choices(self) -> list[tuple[str, Held]]:
        """Each row under the key that names it among all kinds."""
        return [(f"{self.name}:{row.key}", row) for row in self.rows]


def what_is_touched(node: Node, *, on: date, to: Node | None) -> list[Touched]:
    """What stands with `node` on `on` or later, by kind; kinds with nothing left out.

    `to` is who takes it over, None while nobody is chosen.
    """
    found = [_touched(handover, node, on, to) for handover in handovers_for(node)]
    return [touched for touched in found if touched.rows or touched.kept]


def _touched(handover: Handover, node: Node, on: date, to: Node | None) -> Touched:
    return Touched(
        name=handover.name,
        label=str(handover.label),
        rows=handover.held(node, on=on, to=to),
        kept=handover.kept(node, on=on),
        follows=handover.follows,
    )


def keys_to_assign(node: Node, *, on: date) -> dict[str, Held]:
    """What a split must find a place for: rows by key, without those that follow."""
    return {
        key: row
        for kind in what_is_touched(node, on=on, to=None)
        for key, row in kind.choices
        if not kind.follows
    }


def fingerprint(touched: Iterable[Touched]) -> str:
    """A short text that differs when other rows are touched than those shown."""
    keys = sorted(key for kind in touched for key, _row in kind.choices)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


def move_everything(
    node: Node, to: Node, *, on: date, by: User | None
) -> dict[str, int]:
    """Give all that stands with `node` to `to`; returns how many rows of each kind."""
    moved = {
        handover.name: handover.move(node, to, on=on, by=by)
        for handover in handovers_for(node)
    }
    return {name: count for name, count in moved.items() if count}


def move_chosen(
    node: Node, to: Node, *, keys: Iterable[str], on: date, by: User | None
) -> dict[str, int]:
    """Give the rows named by `keys` ("pairings:12") to `to`; counts by kind."""
    chosen: dict[str, set[str]] = {}
    for key in keys:
        name, _colon, row = key.partition(":")
        chosen.setdefault(name, set()).add(row)
    return {
        handover.name: handover.move(node, to, on=on, by=by, keys=chosen[handover.name])
        for handover in handovers_for(node)
        if handover.name in chosen
    }
