"""Pairings: from the day on the successor is paired, each pair only once.

The rows of the old node end the day before, or on the last day on which something
took place under them; rows of the successor follow on under the same notice.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.changes import lock_nodes
from communities.actions.handovers.base import (
    Handover,
    Held,
    Node,
    chosen,
    holder_of_links,
)
from communities.models import Community, Organization, Pairing
from communities.queries.pairing_uses import Use, last_uses
from core import audit
from core.dates import day_text

ONE_DAY = timedelta(days=1)
_DETAILS = (
    "leader_name",
    "leader_title",
    "contact_name",
    "contact_phone",
    "remark",
)


class PairingHandover(Handover):
    """Units paired with communities. Two merged units make one pairing of theirs."""

    name = "pairings"
    label = gettext_lazy("结对")

    def held(self, node: Node, *, on: date, to: Node | None) -> list[Held]:
        rows = list(_rows_from(node, on))
        uses = _uses(rows, on, staying=to is not None)
        taker = to and holder_of_links(to)
        if taker == node:
            return []
        return [
            Held(str(row.pk), _text(row), _outcome(row, on, taker, uses.get(row.pk)))
            for row in rows
        ]

    def kept(self, node: Node, *, on: date) -> int:
        held = Pairing.objects.valid().filter(_of(node))
        return held.filter(starts_on__lt=on).count()

    def move(
        self,
        node: Node,
        to: Node,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        taker = holder_of_links(to)
        if taker == node:
            return 0
        _lock_other_side(node, taker, on)
        rows = chosen(_rows_from(node, on), keys)
        uses = _uses(rows, on, staying=keys is None)
        for row in rows:
            _hand_over(row, taker, _first_day(row, on, uses.get(row.pk)), by)
        return len(rows)


def _of(node: Node) -> models.Q:
    return models.Q(**{node._meta.model_name: node})


def _rows_from(node: Node, on: date) -> models.QuerySet:
    rows = Pairing.objects.overlapping(on, None).filter(_of(node))
    return rows.select_related("organization", "community").order_by("starts_on", "pk")


def _uses(rows: Collection[Pairing], on: date, *, staying: bool) -> dict[int, Use]:
    """What keeps the rows longer; in a merger not what goes to the successor too."""
    return last_uses(rows, first=on, last=timezone.localdate(), staying=staying)


def _lock_other_side(node: Node, taker: Node, on: date) -> None:
    """The change holds the node; communities of an organisation are locked here.

    A change of a community locks no organisations: whoever writes pairings holds
    their communities, so that is enough, and nobody waits for each other.
    """
    if isinstance(node, Community):
        return
    lock_nodes(Organization, {node.pk, taker.pk})
    pairs = Pairing.objects.overlapping(on, None).filter(_of(node) | _of(taker))
    lock_nodes(Community, set(pairs.order_by().values_list("community_id", flat=True)))


def _first_day(row: Pairing, on: date, use: Use | None) -> date:
    """The successor's first day."""
    return max(on, row.starts_on, use.day + ONE_DAY if use else date.min)


def _hand_over(row: Pairing, taker: Node, first: date, by: User | None) -> None:
    last = row.ends_on
    if last is not None and last < first:
        return
    after = {"ends_on": last, **_planned_end(row)}
    _stop_before(row, first, by, to=str(taker))
    own = _own_rows(row, taker, first, last)
    for start, end in _free_days(first, last, own):
        ending = after if end == last else {"ends_on": end}
        _follow_on(row, start, by, **{taker._meta.model_name: taker, **ending})
    if row.is_lead and (held := next((o for o in own if o.holds_on(first)), None)):
        _lead_if_nobody_does(held, first, by)


def _planned_end(row: Pairing) -> dict[str, Any]:
    """Which notice set the end, so that withdrawing it still lifts the end."""
    return {"ended_by_id": row.ended_by_id, "ends_on_before": row.ends_on_before}


def _stop_before(row: Pairing, first: date, by: User | None, **data: str) -> None:
    """The row's last day is the day before; one that had not begun is voided."""
    row.ended_by_id, row.ends_on_before = None, None
    if row.starts_on >= first:
        row.voided_at = timezone.now()
        verb = "pairing_voided"
    else:
        row.ends_on = first - ONE_DAY
        verb = "pairing_ended"
    row.save(update_fields=["ended_by", "ends_on_before", "voided_at", "ends_on"])
    audit.record(f"communities.{verb}", target=row, by=by, ends_on=row.ends_on, **data)


def _own_rows(
    row: Pairing, taker: Node, first: date, last: date | None
) -> list[Pairing]:
    """The successor's pairings with the same other side in these days."""
    pair = {"organization": row.organization, "community": row.community}
    pair[taker._meta.model_name] = taker
    rows = Pairing.objects.overlapping(first, last).filter(**pair)
    return list(rows.order_by("starts_on"))


def _free_days(
    first: date, last: date | None, own: list[Pairing]
) -> Iterator[tuple[date, date | None]]:
    """The parts of the period that `own`, in order, do not cover."""
    for held in own:
        if held.starts_on > first:
            yield first, held.starts_on - ONE_DAY
        if held.ends_on is None:
            return
        first = max(first, held.ends_on + ONE_DAY)
    if last is None or first <= last:
        yield first, last


def _follow_on(
    row: Pairing, starts_on: date, by: User | None, **changed: Any
) -> Pairing:
    values = {
        "organization": row.organization,
        "community": row.community,
        **{name: getattr(row, name) for name in _DETAILS},
        **changed,
    }
    values.setdefault(
        "is_lead",
        row.is_lead and not _has_lead(values, starts_on, values.get("ends_on")),
    )
    created = Pairing.objects.create(
        notice_id=row.notice_id, starts_on=starts_on, continues=row, **values
    )
    audit.record(
        "communities.pairing_created",
        target=created,
        by=by,
        starts_on=starts_on,
        continues=row.pk,
    )
    return created


def _has_lead(values: dict[str, Any], first: date, last: date | None) -> bool:
    rows = Pairing.objects.overlapping(first, last).filter(is_lead=True)
    return rows.filter(organization=values["organization"]).exists()


def _lead_if_nobody_does(held: Pairing, first: date, by: User | None) -> None:
    """The successor's own row leads now, when the unit would have no lead else."""
    if _has_lead({"organization": held.organization_id}, first, held.ends_on):
        return
    if held.starts_on >= first:
        held.is_lead = True
        held.save(update_fields=["is_lead"])
        audit.record("communities.pairing_changed", target=held, by=by, is_lead=True)
        return
    ending = {"ends_on": held.ends_on, **_planned_end(held)}
    _stop_before(held, first, by)
    _follow_on(held, first, by, is_lead=True, **ending)


def _text(row: Pairing) -> str:
    text = f"{row.organization.unit_name} — {row.community}"
    return _("%(pair)s（牵头）") % {"pair": text} if row.is_lead else text


def _outcome(row: Pairing, on: date, taker: Node | None, use: Use | None) -> str:
    first = _first_day(row, on, use)
    day = day_text(first)
    if taker is None:
        text = _("到%(day)s前一天止") % {"day": day}
    elif any(held.holds_on(first) for held in _own_rows(row, taker, first, first)):
        text = _("%(to)s已有这一结对，自%(day)s起合为一对") % {
            "to": taker,
            "day": day,
        }
    else:
        text = _("自%(day)s起由%(to)s承接") % {"to": taker, "day": day}
    if use is None:
        return text
    return _("%(text)s（活动《%(title)s》当天仍按原结对）") % {
        "text": text,
        "title": use.title,
    }
