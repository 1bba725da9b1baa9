"""Choosing the channels of messages that are due, at the moment they are due."""

from datetime import datetime

from django.db import transaction

from accounts.models import Channel, Delivery, Notification

BATCH = 1000
OutboxState = Notification.OutboxState


def route_due(*, now: datetime) -> int:
    """Give due messages to the channels of their recipients; returns how many.

    Safe to run twice at once: one run waits for the other.
    """
    routed = 0
    while count := _route_batch(now):
        routed += count
    return routed


@transaction.atomic
def _route_batch(now: datetime) -> int:
    due = Notification.objects.to_route(now).select_for_update()
    ids = list(due.values_list("pk", flat=True)[:BATCH])
    Delivery.objects.bulk_create(
        (Delivery(notification_id=pk, channel=Channel.MAIL, due_at=now) for pk in ids),
        ignore_conflicts=True,
    )
    Notification.objects.filter(pk__in=ids).update(outbox_state=OutboxState.ROUTED)
    return len(ids)
