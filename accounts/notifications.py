"""Messages to people: written to the database first, delivered afterwards.

The row in the inbox is the truth. Mail is sent by a worker that claims rows; the
broker is only rung after commit, and nothing is lost when it does not answer.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import Notification
from core.doorbell import ring

logger = logging.getLogger(__name__)

BATCH = 200
MAX_ATTEMPTS = 6
BACKOFF = timedelta(minutes=5)
EmailState = Notification.EmailState


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is said: to whom, about which record, in which words.

    `slot` separates several messages of one kind about one record ("T-48"); `path`
    is a path on this portal.
    """

    recipient_id: int
    kind: str
    target: models.Model
    title: str
    body: str
    path: str = ""
    slot: str = ""
    has_email: bool = False


def notify(messages: Iterable[Message], *, now: datetime | None = None) -> None:
    """Write messages to the inbox, in the caller's transaction.

    A message already said (same person, kind, record and slot) is not said again.
    With `has_email` it also goes out by mail.
    """
    rows = [_row(message, now or timezone.now()) for message in messages]
    Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if any(row.email_state == EmailState.DUE for row in rows):
        ring("accounts.deliver_notifications")


def _row(message: Message, now: datetime) -> Notification:
    return Notification(
        recipient_id=message.recipient_id,
        kind=message.kind,
        object_type=message.target._meta.label,
        object_id=message.target.pk,
        slot=message.slot,
        title=message.title[:120],
        body=message.body,
        path=message.path,
        due_at=now,
        email_state=EmailState.DUE if message.has_email else EmailState.NONE,
    )


def drop_emails(target: models.Model, *, kinds: Iterable[str]) -> int:
    """Withdraw mail not sent yet about a record; returns how many."""
    return Notification.objects.filter(
        object_type=target._meta.label,
        object_id=target.pk,
        kind__in=list(kinds),
        email_state=EmailState.DUE,
    ).update(email_state=EmailState.DROPPED)


def deliver_due(*, now: datetime) -> int:
    """Send the mail that is due; returns how many were sent.

    Rows are claimed first and sent after the claim is committed, so two workers
    never send the same one. A row whose worker died stays "claimed" and is shown
    to staff, who alone can know whether the mail went out.
    """
    sent = 0
    while batch := _claim(now):
        sent += _send_all(batch)
    return sent


def _send_all(batch: list[Notification]) -> int:
    """Send claimed mail over one connection; without one, all of it waits."""
    mail = get_connection()
    try:
        mail.open()
    except Exception as error:
        logger.warning("mail server does not answer: %s", error)
        for notification in batch:
            _retry_later(notification, str(error))
        return 0
    try:
        return sum(_send(notification, mail) for notification in batch)
    finally:
        _hang_up(mail)


def _claim(now: datetime) -> list[Notification]:
    with transaction.atomic():
        due = Notification.objects.due_by_email(now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        Notification.objects.filter(pk__in=ids).update(
            email_state=EmailState.CLAIMED,
            email_claimed_at=now,
            email_attempts=models.F("email_attempts") + 1,
        )
    return list(
        Notification.objects.filter(pk__in=ids)
        .select_related("recipient")
        .order_by("due_at", "pk")
    )


def _send(notification: Notification, mail: BaseEmailBackend) -> bool:
    address = notification.recipient.email
    if not address or not notification.recipient.is_active:
        _settle(notification, email_state=EmailState.DROPPED)
        return False
    try:
        _email(notification, address, mail).send()
    except Exception as error:
        # Servers name the person they refuse: no addresses in logs and lists.
        reason = str(error).replace(address, "***")
        logger.warning("mail %s failed: %s", notification.pk, reason)
        _retry_later(notification, reason)
        _hang_up(mail)  # it may be broken; the next mail opens its own
        return False
    _settle(notification, email_state=EmailState.SENT, email_sent_at=timezone.now())
    return True


def _hang_up(mail: BaseEmailBackend) -> None:
    with suppress(Exception):
        mail.close()


def _email(
    notification: Notification, address: str, mail: BaseEmailBackend
) -> EmailMessage:
    link = f"\n\n{settings.SITE_URL}{notification.path}" if notification.path else ""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return EmailMessage(
        subject=f"【{settings.PORTAL_NAME}】{notification.title}",
        body=f"{notification.body}{link}\n",
        to=[address],
        connection=mail,
        headers={"Message-ID": f"<notification-{notification.pk}@{host}>"},
    )


def _retry_later(notification: Notification, reason: str) -> None:
    is_last = notification.email_attempts >= MAX_ATTEMPTS
    wait = BACKOFF * 2 ** (notification.email_attempts - 1)
    _settle(
        notification,
        email_state=EmailState.FAILED if is_last else EmailState.DUE,
        email_error=reason[:200],
        due_at=timezone.now() + wait,
    )


def _settle(notification: Notification, **values: object) -> None:
    Notification.objects.filter(pk=notification.pk).update(**values)
