"""Sending what was routed: claimed, begun, sent; at most once (decision 0015)."""

import logging
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.channels.base import Connection, Envelope, Refused, Unavailable, Unclear
from accounts.channels.registry import CHANNELS
from accounts.models import LEASE, Delivery
from accounts.routing import route_due

logger = logging.getLogger(__name__)

BATCH = 100
# Waits before the second to the sixth try: within 24 hours together.
WAITS = [timedelta(minutes=m) for m in (5, 15, 60, 240, 720)]
SendState = Delivery.SendState


def deliver_due(*, now: datetime) -> int:
    """Route and send what is due; returns how many deliveries were sent."""
    route_due(now=now)
    return sum(send_due(code, now=now) for code in CHANNELS)


def send_due(channel: str, *, now: datetime) -> int:
    """Send what is due on one channel; returns how many were sent.

    Rows are claimed for LEASE and each is marked as begun before it goes out, so two
    workers never send the same one, and a dead worker's rows come back unless they
    were begun.
    """
    sent = 0
    while batch := _claim(channel, now):
        sent += _send_all(channel, batch)
    return sent


def _claim(channel: str, now: datetime) -> list[Delivery]:
    claim = uuid.uuid4()
    with transaction.atomic():
        due = Delivery.objects.to_send(channel, now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        Delivery.objects.filter(pk__in=ids).update(
            send_state=SendState.CLAIMED,
            claim=claim,
            claimed_until=timezone.now() + LEASE,
        )
    return list(
        Delivery.objects.filter(claim=claim, send_state=SendState.CLAIMED)
        .select_related("notification__recipient")
        .order_by("due_at", "pk")
    )


def _send_all(channel: str, batch: list[Delivery]) -> int:
    """Send claimed rows over one connection; without one, all of it waits."""
    try:
        with CHANNELS[channel].open() as line:
            return sum(_send(delivery, line) for delivery in batch)
    except Unavailable as error:
        logger.warning("%s does not answer: %s", channel, error)
        for delivery in batch:
            if _begin(delivery):
                _retry_later(delivery, str(error))
        return 0


def _send(delivery: Delivery, line: Connection) -> bool:
    user = delivery.notification.recipient
    if not user.is_active or not CHANNELS[delivery.channel].address_of(user):
        _settle(delivery, send_state=SendState.DROPPED)
        return False
    if not _begin(delivery):
        return False
    try:
        line.send(_envelope(delivery))
    except Unclear as error:
        _settle(delivery, error=str(error)[:200])
        return False
    except Unavailable as error:
        logger.warning("delivery %s failed: %s", delivery.pk, error)
        _retry_later(delivery, str(error))
        return False
    except Refused as error:
        logger.warning("delivery %s was refused: %s", delivery.pk, error)
        _settle(delivery, send_state=SendState.FAILED, error=str(error)[:200])
        return False
    _settle(delivery, send_state=SendState.SENT, sent_at=timezone.now())
    return True


def _begin(delivery: Delivery) -> bool:
    """Mark as begun, if the claim still holds: from here on only a person resends."""
    delivery.attempts += 1
    return bool(
        Delivery.objects.filter(
            pk=delivery.pk, send_state=SendState.CLAIMED, claim=delivery.claim
        ).update(
            send_state=SendState.SENDING,
            started_at=timezone.now(),
            attempts=models.F("attempts") + 1,
        )
    )


def _envelope(delivery: Delivery) -> Envelope:
    notification = delivery.notification
    path = notification.path
    return Envelope(
        key=f"notification-{notification.pk}",
        kind=notification.kind,
        user=notification.recipient,
        title=notification.title,
        body=notification.body,
        url=f"{settings.SITE_URL}{path}" if path else "",
    )


def _retry_later(delivery: Delivery, reason: str) -> None:
    is_last = delivery.attempts > len(WAITS)
    wait = WAITS[min(delivery.attempts, len(WAITS)) - 1]
    _settle(
        delivery,
        send_state=SendState.FAILED if is_last else SendState.DUE,
        error=reason[:200],
        due_at=timezone.now() + wait,
    )


def _settle(delivery: Delivery, **values: object) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(**values)
