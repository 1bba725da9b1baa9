"""Deliveries that did not arrive: sent again or given up by a person."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import STUCK_AFTER, Delivery, User
from accounts.notifications import BELL
from core import audit
from core.doorbell import ring
from core.errors import RuleError

SendState = Delivery.SendState


class DeliveryNotStuck(RuleError):
    """It is on its way, sent, or was never meant to go out."""


def resend(*, delivery: Delivery, reason: str, by: User, now: datetime) -> None:
    """Send a failed or stuck delivery again; the caller opens the transaction.

    One whose worker died may have gone out already: only a person may decide to
    send it twice. Raises DeliveryNotStuck.
    """
    delivery = _lock_stuck(delivery, now)
    # The claim goes, so that a worker that wakes up again writes nothing here, and
    # the hours of tries begin anew.
    delivery.send_state = SendState.DUE
    delivery.due_at = now
    delivery.attempts = 0
    delivery.claim = delivery.claimed_until = delivery.started_at = None
    delivery.error = ""
    delivery.save()
    audit.record("accounts.delivery_requeued", target=delivery, by=by, reason=reason)
    ring(BELL)


def drop(*, delivery: Delivery, reason: str, by: User, now: datetime) -> None:
    """Give up a failed or stuck delivery; the inbox keeps the message.

    The caller opens the transaction. Raises DeliveryNotStuck.
    """
    delivery = _lock_stuck(delivery, now)
    delivery.send_state = SendState.DROPPED
    delivery.claim = delivery.claimed_until = None
    delivery.save(update_fields=["send_state", "claim", "claimed_until"])
    audit.record("accounts.delivery_dropped", target=delivery, by=by, reason=reason)


def _lock_stuck(delivery: Delivery, now: datetime) -> Delivery:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    is_stuck = (
        delivery.send_state == SendState.SENDING
        and delivery.started_at <= now - STUCK_AFTER
    )
    if not (is_stuck or delivery.send_state == SendState.FAILED):
        raise DeliveryNotStuck(_("只有发送失败或发送中超过 15 分钟的记录可以处理。"))
    return delivery
