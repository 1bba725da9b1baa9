"""What workers left behind: claims whose lease ran out come back."""

from datetime import datetime

from django.db import transaction

from accounts.models import Delivery

BATCH = 1000
SendState = Delivery.SendState


def sweep(*, now: datetime) -> int:
    """Give claimed rows whose lease ran out back to the queue; returns how many.

    Begun ones stay: nobody knows whether they went out. A worker that still lives
    and lost its claim here sends nothing more of it.
    """
    swept = 0
    while count := _sweep_batch(now):
        swept += count
    return swept


@transaction.atomic
def _sweep_batch(now: datetime) -> int:
    # Rows that a worker is just marking are not waited for: they are its own again.
    left = (
        Delivery.objects.select_for_update(skip_locked=True)
        .filter(send_state=SendState.CLAIMED, claimed_until__lt=now)
        .order_by("pk")
    )
    ids = list(left.values_list("pk", flat=True)[:BATCH])
    return Delivery.objects.filter(pk__in=ids).update(
        send_state=SendState.DUE, claim=None, claimed_until=None
    )
