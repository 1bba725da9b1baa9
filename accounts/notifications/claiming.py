"""Claims on deliveries: a worker's lease on a batch, and the marks of each sending.

Two workers never hold one row: a batch is claimed with its rows locked. Each mark names
the claim and the state the row must be in, so whoever lost the claim (the sweeper gave
it back, a person dropped the message) writes nothing and must not send. Decision 0015.
"""

import uuid
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import LEASE, Channel, Delivery

BATCH = 100
# How long a message is offered to a server that does not answer at all.
LONGEST_OUTAGE = timedelta(hours=24)
SendState = Delivery.SendState

# What a channel asks of a person, and what a message is made of.
_NEEDED = [
    *("claim", "channel", "attempts", "created_at"),
    *(
        f"notification__{name}"
        for name in ("kind", "object_type", "object_id", "slot", "title", "body")
    ),
    *("notification__path", "notification__expires_at"),
    *(
        f"notification__recipient__{name}"
        for name in ("username", "email", "phone", "phone_verified_at", "is_active")
    ),
]

# The row that went out and the one that goes next, in one statement: a round trip for
# each message. The claim is as it was written when the batch was taken.
_MARK = """
UPDATE accounts_delivery
SET send_state = CASE WHEN id = %(next)s THEN 'sending' ELSE 'sent' END,
    started_at = CASE WHEN id = %(next)s THEN %(now)s ELSE started_at END,
    sent_at = CASE WHEN id = %(next)s THEN sent_at ELSE %(now)s END,
    attempts = attempts + CASE WHEN id = %(next)s THEN 1 ELSE 0 END
WHERE id IN (%(next)s, %(done)s)
  AND claim = %(claim)s
  AND send_state = CASE WHEN id = %(next)s THEN 'claimed' ELSE 'sending' END
"""


def claim_batch(channel: str, now: datetime) -> list[Delivery]:
    """Take the longest-waiting due rows for LEASE, with message and recipient.

    Rows that another worker is just claiming are passed over.
    """
    claim = uuid.uuid4()
    with transaction.atomic():
        # SQLite has no row locks: there one transaction at a time may write.
        due = Delivery.objects.to_send(channel, now).select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return []
        Delivery.objects.filter(pk__in=ids).update(
            send_state=SendState.CLAIMED,
            claim=claim,
            claimed_until=timezone.now() + LEASE,
        )
    rows = Delivery.objects.filter(claim=claim, send_state=SendState.CLAIMED)
    rows = rows.select_related("notification__recipient").only(*_NEEDED)
    if channel == Channel.ROBOT:
        # With all its columns.
        rows = rows.prefetch_related("notification__recipient__chat_robot")
    return list(rows.order_by("due_at", "pk"))


def begin(delivery: Delivery, *, done: Delivery | None = None) -> bool:
    """Mark as begun, and `done`, the one before, as sent; False when the claim is lost.

    From here on only a person may send it again. Without True it must not go out.
    """
    values = {
        "next": delivery.pk,
        "done": done.pk if done else None,
        "claim": _column("claim", delivery.claim),
        "now": _column("started_at", timezone.now()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK, values)
        marked = cursor.rowcount
    delivery.attempts += 1
    if done is None or marked != 1:
        return marked > 0
    # One of two rows: somebody settled the other meanwhile.
    return Delivery.objects.filter(
        pk=delivery.pk, claim=delivery.claim, send_state=SendState.SENDING
    ).exists()


def _column(name: str, value: object) -> object:
    return Delivery._meta.get_field(name).get_db_prep_value(value, connection)


def settle(delivery: Delivery, state: str, **values: object) -> None:
    """End one sending under its claim, and free the row."""
    Delivery.objects.filter(
        pk=delivery.pk, claim=delivery.claim, send_state=SendState.SENDING
    ).update(send_state=state, claim=None, claimed_until=None, **values)


def mark_sent(delivery: Delivery) -> None:
    """It went out."""
    settle(delivery, SendState.SENT, sent_at=timezone.now())


def drop_claimed(deliveries: list[Delivery], reason: str) -> None:
    """Give up claimed rows that nobody began, in one statement."""
    if deliveries:
        Delivery.objects.filter(
            pk__in=[delivery.pk for delivery in deliveries],
            claim=deliveries[0].claim,
            send_state=SendState.CLAIMED,
        ).update(
            send_state=SendState.DROPPED, claim=None, claimed_until=None, error=reason
        )


def postpone(deliveries: list[Delivery], reason: str, until: datetime) -> None:
    """Let claimed rows that nobody began wait, in one statement; no try is counted."""
    if deliveries:
        Delivery.objects.filter(
            pk__in=[delivery.pk for delivery in deliveries],
            claim=deliveries[0].claim,
            send_state=SendState.CLAIMED,
        ).update(
            send_state=SendState.DUE,
            due_at=until,
            error=reason,
            claim=None,
            claimed_until=None,
        )


def give_back(claim: uuid.UUID) -> None:
    """Let others send what this claim holds and did not begin."""
    Delivery.objects.filter(claim=claim, send_state=SendState.CLAIMED).update(
        send_state=SendState.DUE, claim=None, claimed_until=None
    )


def give_up(channel: str, reason: str, now: datetime) -> None:
    """Fail what has waited LONGEST_OUTAGE for a channel that the settings took away."""
    Delivery.objects.to_send(channel, now - LONGEST_OUTAGE).order_by().update(
        send_state=SendState.FAILED, error=reason
    )


def wait_together(claim: uuid.UUID, reason: str, now: datetime) -> None:
    """Nobody answered: all that this claim holds stays due, in one statement.

    No try is counted, so that an outage of hours makes nothing fail; what is offered
    in vain again LONGEST_OUTAGE after the first time has failed. Those of the first
    time are due from now on, so that the next run offers the ones behind them, and
    their own day begins too. The row just begun did not go out.
    """
    was_begun = models.Q(send_state=SendState.SENDING)
    is_first = models.Q(error="")
    is_over = ~is_first & models.Q(due_at__lte=now - LONGEST_OUTAGE)
    Delivery.objects.filter(
        claim=claim, send_state__in=[SendState.CLAIMED, SendState.SENDING]
    ).update(
        send_state=models.Case(
            models.When(is_over, then=models.Value(SendState.FAILED)),
            default=models.Value(SendState.DUE),
        ),
        attempts=models.F("attempts")
        - models.Case(models.When(was_begun, then=1), default=0),
        due_at=models.Case(
            models.When(is_first, then=models.Value(now)), default="due_at"
        ),
        error=reason,
        claim=None,
        claimed_until=None,
    )
