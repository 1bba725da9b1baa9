"""What may have changed between routing and sending; asked for a batch at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.channels.base import Channel
from accounts.models import Delivery, Notification, User
from accounts.notifications.addressing import has_expired
from accounts.notifications.claiming import drop_claimed, postpone
from accounts.notifications.digests import DIGEST, compose_all
from accounts.notifications.standing import standing
from accounts.notifications.unwanted import unwanted

# How long those wait whose kind cannot be asked whether they are true.
ASK_AGAIN = timedelta(minutes=5)
# Routing has asked for choices; what has waited longer since is asked again.
ROUTED_LATELY = timedelta(minutes=30)
OutboxState = Notification.OutboxState


def sift(batch: list[Delivery], channel: Channel, now: datetime) -> list[Delivery]:
    """The claimed rows that still may go out; the others are dropped with a reason."""
    batch = _without(
        batch,
        lambda row: has_expired(row.notification, now),
        _("已过时"),
        stale=True,
    )
    batch = _without(batch, lambda row: not _recipient(row).is_active, _("账号已停用"))
    batch = _without(
        batch, lambda row: not channel.address_of(_recipient(row)), _("没有可用的地址")
    )
    true_ids, broken = standing([row.notification for row in batch], now)
    batch = _without_broken(batch, broken, now)
    batch = _without(
        batch, lambda row: row.notification_id not in true_ids, _("情况已变化")
    )
    batch = _without_unwanted(batch, channel.code, now)
    return _written(batch, channel.code, now)


def _recipient(row: Delivery) -> User:
    return row.notification.recipient


def _without_broken(
    batch: list[Delivery], broken: set[str], now: datetime
) -> list[Delivery]:
    """Let those wait of which nobody can say whether they are true."""
    waiting = [row for row in batch if row.notification.kind in broken]
    postpone(waiting, _("无法核对是否仍然有效，稍后再发"), now + ASK_AGAIN)
    return [row for row in batch if row.notification.kind not in broken]


def _without_unwanted(
    batch: list[Delivery], channel: str, now: datetime
) -> list[Delivery]:
    """Without what was switched off while an outage or a try in vain kept it."""
    old = [row for row in batch if row.created_at < now - ROUTED_LATELY]
    off = unwanted([row.notification for row in old], channel)
    return _without(batch, lambda row: row.notification_id in off, _("已停止接收"))


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


def _written(batch: list[Delivery], channel: str, now: datetime) -> list[Delivery]:
    """Write the words of digests, as of now; those with nothing left are dropped."""
    digests = {
        row.notification_id: row.notification
        for row in batch
        if row.notification.kind == DIGEST
    }
    if not digests:
        return batch
    words = compose_all(digests.values(), now, channel=channel)
    for pk, digest in digests.items():
        if words[pk]:
            digest.title, digest.body = words[pk]
    empty = {pk for pk in digests if not words[pk]}
    return _without(
        batch, lambda row: row.notification_id in empty, _("汇总中没有仍有效的消息")
    )
