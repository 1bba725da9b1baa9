"""Messages to people: written in the transaction of what caused them.

The row is the truth: it is in the inbox at once, and what is to leave the portal is
routed to the person's channels and sent by a worker (accounts/notifications/routing.py,
accounts/notifications/sending.py). The broker is only rung after commit. Decision 0015.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone

from accounts.models import Delivery, Notification
from accounts.notifications.kinds import kind_of
from core.doorbell import ring

BATCH = 200
BELL = "accounts.deliver_notifications"
OutboxState = Notification.OutboxState


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is said: to whom, about which record, in which words.

    `slot` separates several messages of one kind about one record ("T-48"); `path`
    is a path on this portal. With `has_email` it leaves the inbox too, by the
    person's channels, until `expires_at`.
    """

    recipient_id: int
    kind: str
    target: models.Model
    title: str
    body: str
    path: str = ""
    slot: str = ""
    has_email: bool = False
    expires_at: datetime | None = None


def notify(messages: Iterable[Message], *, now: datetime | None = None) -> None:
    """Write messages to the inbox, in the caller's transaction.

    A message already said (same person, kind, record and slot) is not said again.
    Raises LookupError for a kind nobody registered.
    """
    rows = [_row(message, now or timezone.now()) for message in messages]
    Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if any(row.outbox_state == OutboxState.DUE for row in rows):
        ring(BELL)


def _row(message: Message, now: datetime) -> Notification:
    return Notification(
        recipient_id=message.recipient_id,
        kind=kind_of(message.kind).code,
        object_type=message.target._meta.label,
        object_id=message.target.pk,
        slot=message.slot,
        title=message.title[:120],
        body=message.body,
        path=message.path,
        due_at=now,
        expires_at=message.expires_at,
        outbox_state=OutboxState.DUE if message.has_email else OutboxState.INBOX,
    )


def withdraw(*targets: models.Model, kinds: Iterable[str]) -> int:
    """Withdraw what was not sent yet about records; returns how many messages.

    The inbox keeps them. The records are of one model; however many, two statements.
    """
    if not targets:
        return 0
    said = Notification.objects.filter(
        object_type=targets[0]._meta.label,
        object_id__in=[target.pk for target in targets],
        kind__in=list(kinds),
    )
    # One that was folded waits as long as its digest has not gone out.
    waiting = said.filter(
        models.Q(outbox_state=OutboxState.DUE)
        | models.Q(outbox_state=OutboxState.FOLDED)
        & ~models.Q(digest__deliveries__send_state=Delivery.SendState.SENT)
    )
    withdrawn = waiting.update(outbox_state=OutboxState.DROPPED)
    on_the_way = Delivery.objects.filter(
        # A claimed one is not begun any more: its worker looks at the state.
        notification__in=said.values("pk"),
        send_state__in=[Delivery.SendState.DUE, Delivery.SendState.CLAIMED],
    )
    return withdrawn + on_the_way.update(send_state=Delivery.SendState.DROPPED)
