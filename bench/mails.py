"""Mails of the portal beside the same bytes over one bare SMTP connection."""

import smtplib
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection

from accounts.channels.base import Envelope
from accounts.channels.mail_text import mime_of
from accounts.models import Channel, Delivery
from accounts.notifications.sending import send_due
from accounts.notifications.unsubscribing import footer_for, headers_for
from bench.figures import spend

TURNS = 5


def send_in_turns(now: datetime) -> dict[str, list[dict]]:
    """Send what is due in TURNS parts, each after as many bare mails.

    So the machine is as busy for the one as for the other.
    """
    text = _bytes_of(Delivery.objects.select_related("notification__recipient")[0])
    ids = list(Delivery.objects.order_by("pk").values_list("pk", flat=True))
    Delivery.objects.update(due_at=now + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE accounts_delivery")
    size = -(-len(ids) // TURNS)
    turns = {"bare": [], "portal": []}
    for start in range(0, len(ids), size):
        part = ids[start : start + size]
        # Just routed, as when the portal is well.
        Delivery.objects.filter(pk__in=part).update(due_at=now, created_at=now)
        turns["bare"].append(spend(partial(_send_bare, text, len(part))))
        turns["portal"].append(spend(lambda: send_due(Channel.MAIL, now=now)))
        _expect_sent(start + len(part))
    return {name: [asdict(one) for one in spent] for name, spent in turns.items()}


def _bytes_of(row: Delivery) -> bytes:
    """The mail as the portal sends it."""
    message = row.notification
    user, kind = message.recipient, message.kind
    envelope = Envelope(
        key=f"notification-{message.pk}",
        kind=kind,
        user=user,
        title=message.title,
        body=message.body,
        url=settings.SITE_URL + message.path,
        headers=headers_for(user, kind, Channel.MAIL),
        footer=footer_for(user, kind, Channel.MAIL),
    )
    return mime_of(envelope, user.email)


def _send_bare(text: bytes, count: int) -> None:
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for _turn in range(count):
            server.sendmail("portal@localhost", ["somebody@example.invalid"], text)


def _expect_sent(count: int) -> None:
    found = Delivery.objects.filter(send_state=Delivery.SendState.SENT).count()
    if found != count:
        raise RuntimeError(f"{found} of {count} mails were sent")
