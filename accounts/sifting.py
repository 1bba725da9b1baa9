"""What may have changed between routing and sending; asked for a batch at once."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.channels.base import Channel
from accounts.claiming import drop_claimed
from accounts.kinds import KINDS
from accounts.models import Delivery, Notification

OutboxState = Notification.OutboxState


def sift(batch: list[Delivery], channel: Channel, now: datetime) -> list[Delivery]:
    """The claimed rows that still may go out; the others are dropped with a reason."""
    batch = _without(batch, lambda row: _has_expired(row, now), _("已过时"), stale=True)
    batch = _without(batch, lambda row: not _recipient(row).is_active, _("账号已停用"))
    batch = _without(
        batch, lambda row: not channel.address_of(_recipient(row)), _("没有可用的地址")
    )
    true_ids = _still_true(batch, now)
    return _without(batch, lambda row: row.pk not in true_ids, _("情况已变化"))


def _recipient(row: Delivery) -> object:
    return row.notification.recipient


def _has_expired(row: Delivery, now: datetime) -> bool:
    expires_at = row.notification.expires_at
    return expires_at is not None and expires_at <= now


def _without(
    batch: list[Delivery],
    is_over: Callable[[Delivery], bool],
    reason: str,
    *,
    stale: bool = False,
) -> list[Delivery]:
    over = [row for row in batch if is_over(row)]
    drop_claimed(over, reason)
    if over and stale:
        _count_as_stale(over)
    dropped = {row.pk for row in over}
    return [row for row in batch if row.pk not in dropped]


def _count_as_stale(rows: list[Delivery]) -> None:
    """It came too late, unless another channel was in time."""
    Notification.objects.filter(
        pk__in=[row.notification_id for row in rows], outbox_state=OutboxState.ROUTED
    ).exclude(deliveries__send_state=Delivery.SendState.SENT).update(
        outbox_state=OutboxState.STALE
    )


def _still_true(batch: list[Delivery], now: datetime) -> set[int]:
    """Numbers of the rows of which the kinds say that they still hold."""
    by_kind: dict[str, list[Delivery]] = defaultdict(list)
    for row in batch:
        by_kind[row.notification.kind].append(row)
    held: set[int] = set()
    for code, rows in by_kind.items():
        kind = KINDS.get(code)
        if kind is None or kind.still_true is None:
            held.update(row.pk for row in rows)
            continue
        pairs = {_pair(row) for row in rows}
        true_pairs = kind.still_true(pairs, now)
        held.update(row.pk for row in rows if _pair(row) in true_pairs)
    return held


def _pair(row: Delivery) -> tuple[int, str]:
    return row.notification.object_id, row.notification.slot
