"""The board of whistles: what waits for a user, by time left, and whether it moved."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from campaigns.models import Whistle, WhistleEntry
from campaigns.queries.whistle_groups import Group, Kind, groups_for
from campaigns.queries.whistle_rows import (
    Row,
    row_of,
    with_due,
    with_names,
    with_units,
)
from communities.models import Membership
from communities.permissions import Permission, has_permission
from core.models import AuditEntry

GROUP_ROWS = 30
DESK_ROWS = 5
TICK_SECONDS = 300
# Transactions end in another order than their numbers: so many late ones are noticed.
LATEST_ENTRIES = 20
DUE = {
    Kind.WHISTLE: "due_at",
    Kind.RESPONSE: "due_at",
    Kind.EXTENSION: "response__due_at",
}


@dataclass(frozen=True)
class Part:
    """The rows of one group that are shown, and how many there are of them all."""

    group: Group | None
    rows: list[Row]
    count: int


@dataclass(frozen=True)
class Board:
    """What waits for the user by group, and what others have in hand."""

    parts: list[Part]
    others: Part
    acts: bool

    @property
    def count(self) -> int:
        """How many things wait for the user."""
        return sum(part.count for part in self.parts)


def board_for(user: User, *, now: datetime) -> Board:
    """The user's board: groups with at most GROUP_ROWS rows each, empty ones left out.

    One query for each group that concerns the user's roles, two for the others'.
    """
    groups = groups_for(user)
    parts = [_part(group, now) for group in groups]
    return Board(
        parts=[part for part in parts if part.rows],
        others=_others(user, groups, now),
        acts=bool(groups),
    )


def _part(group: Group, now: datetime) -> Part:
    found = _first(group.kind, group.rows(), GROUP_ROWS)
    return Part(group, [row_of(row, now) for row in found], _total(found))


def _others(user: User, groups: list[Group], now: datetime) -> Part:
    others = Whistle.objects.visible_to(user).under_way()
    for group in groups:
        others = others.exclude(group.whistles())
    others = with_due(with_names(Kind.WHISTLE, others)).annotate(total=_TOTAL)
    others = others.order_by(models.F("next_due_at").asc(nulls_last=True), "-pk")
    found = with_units(others[:GROUP_ROWS])
    return Part(None, [row_of(row, now) for row in found], _total(found))


def _first(kind: Kind, rows: models.QuerySet, most: int) -> list:
    """The rows with the least time left, each with `total`, how many there are."""
    due = models.F(DUE[kind]).asc(nulls_last=True)
    return list(
        with_names(kind, rows).annotate(total=_TOTAL).order_by(due, "-pk")[:most]
    )


_TOTAL = models.Window(models.Count("pk"))


def _total(found: list) -> int:
    return found[0].total if found else 0


def desk_whistles(user: User, *, today: date) -> dict | None:
    """What waits for the user on the desk; None when nothing of it is theirs to do.

    `rows`: the DESK_ROWS with the least time left; `count` of them all; `blows`
    whether the user may blow the whistle. One query for each kind of thing, three
    at most.
    """
    groups = groups_for(user)
    if not groups:
        return None
    now = timezone.now()
    found, count = [], 0
    for kind in Kind:
        conditions = [group.condition for group in groups if group.kind == kind]
        if not conditions:
            continue
        rows = _any_of(kind, conditions)
        count += _total(rows)
        found += [row_of(row, now) for row in rows]
    found.sort(key=lambda row: (row.due_at is None, row.due_at or now))
    return {
        "rows": found[:DESK_ROWS],
        "count": count,
        "blows": has_permission(user, Permission.WHISTLE_BLOW),
    }


def _any_of(kind: Kind, conditions: list[models.Q]) -> list:
    condition = models.Q()
    for each in conditions:
        condition |= each
    return _first(kind, Group("", kind, condition, "").rows(), DESK_ROWS)


def board_version(user: User, *, now: datetime) -> str | None:
    """What a board of this user shows, as an ETag; None for those without a role.

    It changes with every line in the log of any whistle, with the drafts of the
    user's communities, with the user's roles, and every five minutes, because the
    time left goes on; the ticks of two users fall apart, so that boards do not all
    renew at once. Renamed or merged communities show with the next tick.
    Two plain queries, three for officials of a community, whatever there is: asked by
    every open board, so not one elaborate query, which takes Django longer to build.
    """
    day = timezone.localdate(now)
    held = Membership.objects.on(day).filter(user=user).order_by("pk")
    roles = list(held.values_list("pk", "role", "community_id"))
    if not roles:
        return None
    tick = (int(now.timestamp()) + user.pk * 7) // TICK_SECONDS
    latest = WhistleEntry.objects.order_by("-pk").values_list("pk", flat=True)
    parts = [user.pk, day, tick, roles, list(latest[:LATEST_ENTRIES])]
    own = [pk for _held, role, pk in roles if role == Membership.Role.COMMUNITY]
    if own:
        parts.append(_drafts_of(own))
    return f'W/"{salted_hmac("whistle_board", repr(parts)).hexdigest()}"'


def _drafts_of(communities: list[int]) -> dict[str, int | None]:
    """How far what the communities may still edit has come.

    Editing leaves no line in a whistle's log, but one in the audit log.
    """
    drafts = Whistle.objects.filter(
        community__in=communities, state__in=Whistle.EDITABLE_STATES
    ).order_by()
    lines = AuditEntry.objects.filter(
        target_type=Whistle._meta.label, target_id__in=drafts.values("pk")
    )
    return lines.aggregate(last=models.Max("pk"), count=models.Count("pk"))
