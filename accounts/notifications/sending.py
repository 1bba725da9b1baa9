"""Sending what was routed: claimed, begun, sent; at most once (decision 0015)."""

import logging
import time
from contextlib import ExitStack
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.channels.base import (
    Busy,
    Connection,
    Envelope,
    Refused,
    Unavailable,
    Unclear,
    Unreachable,
)
from accounts.channels.registry import CHANNELS
from accounts.models import Channel, Delivery
from accounts.notifications import BELL, claiming
from accounts.notifications.routing import route_due
from accounts.notifications.sifting import sift
from accounts.notifications.unsubscribing import footer_for, headers_for
from core.doorbell import ring

logger = logging.getLogger(__name__)

# Waits before the second to the sixth try: within 24 hours together.
WAITS = [timedelta(minutes=m) for m in (5, 15, 60, 240, 720)]
# The most that the other side's word adds to a wait, or six tries take over a day.
LONGEST_ASKED = timedelta(hours=2)
# Well below CELERY_TASK_TIME_LIMIT; the next run does the rest.
MOST_SECONDS = 240
SendState = Delivery.SendState


def deliver_due(*, now: datetime) -> int:
    """Route and send what is due; returns how many deliveries were sent.

    Ends after about MOST_SECONDS and rings for the rest. Of that each channel may take
    its share, mail what the others leave: however many mails wait, an SMS goes.
    """
    end = time.monotonic() + MOST_SECONDS
    route_due(now=now)
    sent, is_cut_off = 0, False
    waiting = sorted(CHANNELS, key=lambda code: code != Channel.MAIL)
    while waiting:
        share = (end - time.monotonic()) / len(waiting)
        until = time.monotonic() + share
        sent += send_due(waiting.pop(), now=now, end=until)
        is_cut_off |= time.monotonic() >= until
    if is_cut_off:
        ring(BELL)
    return sent


def send_due(channel: str, *, now: datetime, end: float | None = None) -> int:
    """Send what is due on one channel; returns how many were sent.

    Rows are claimed for LEASE and each is marked as begun before it goes out, so two
    workers never send the same one, and a dead worker's rows come back unless they
    were begun. One connection serves the whole run, which ends when nobody answers.
    `end` is a moment of time.monotonic().
    """
    if not CHANNELS[channel].is_ready():
        claiming.give_up(channel, _("渠道没有启用"), now)
        return 0
    run = _Run(channel, now, end or time.monotonic() + MOST_SECONDS)
    with run.connections:
        while not run.is_over and (batch := claiming.claim_batch(channel, now)):
            run.send_batch(batch)
    return run.sent


class _Run:
    """One worker's run on one channel, over one connection."""

    def __init__(self, channel: str, now: datetime, end: float) -> None:
        self.channel = CHANNELS[channel]
        self.now = now
        self.end = end
        self.connections = ExitStack()
        self.line: Connection | None = None
        self.sent = 0
        self.is_cut_off = False
        # Handed over, and not yet written down as sent.
        self.done: Delivery | None = None

    @property
    def is_over(self) -> bool:
        return self.is_cut_off or time.monotonic() >= self.end

    def send_batch(self, batch: list[Delivery]) -> None:
        claim = batch[0].claim
        try:
            rows = sift(batch, self.channel, self.now)
            if rows and self.line is None:
                self.line = self.connections.enter_context(self.channel.open())
            for row in rows:
                if self.is_over:
                    break
                self._send(row)
        except Unreachable as error:
            logger.warning("%s does not answer: %s", self.channel.code, error)
            self.is_cut_off = True
            claiming.wait_together(claim, _reason(error), timezone.now())
        finally:
            self._write_done()
            claiming.give_back(claim)

    def _send(self, row: Delivery) -> None:
        announce = getattr(self.line, "announce", None)
        if announce is not None:
            announce(row.notification.recipient)
        done, self.done = self.done, None
        if not claiming.begin(row, done=done):
            return
        try:
            self.line.send(_envelope(row))
        except Unreachable:
            raise
        except Busy as error:
            _wait_for_room(row, error)
        except Unavailable as error:
            logger.warning("delivery %s failed: %s", row.pk, error)
            _try_later(row, error)
        except Refused as error:
            logger.warning("delivery %s was refused: %s", row.pk, error)
            claiming.settle(row, SendState.FAILED, error=_reason(error))
        except Unclear as error:
            logger.warning("delivery %s may have gone out: %s", row.pk, error)
            claiming.settle(row, SendState.SENDING, error=_reason(error))
        except Exception as error:
            # A mistake in a channel: this one waits for a person, the run ends.
            claiming.settle(row, SendState.SENDING, error=type(error).__name__)
            raise
        else:
            self.done = row
            self.sent += 1

    def _write_done(self) -> None:
        """Nothing is left as "sending" when the worker turns to something else."""
        if self.done is not None:
            claiming.mark_sent(self.done)
            self.done = None


def _envelope(delivery: Delivery) -> Envelope:
    notification = delivery.notification
    user, kind, path = notification.recipient, notification.kind, notification.path
    is_mail = delivery.channel == Channel.MAIL
    return Envelope(
        key=f"notification-{notification.pk}",
        kind=kind,
        user=user,
        title=notification.title,
        body=notification.body,
        url=f"{settings.SITE_URL}{path}" if path else "",
        headers=headers_for(user, kind, Channel.MAIL) if is_mail else {},
        footer=footer_for(user, kind, Channel.MAIL) if is_mail else "",
    )


def _try_later(delivery: Delivery, error: Unavailable) -> None:
    if delivery.attempts > len(WAITS):
        claiming.settle(delivery, SendState.FAILED, error=_reason(error))
        return
    asked = min(error.wait or timedelta(0), LONGEST_ASKED)
    wait = max(WAITS[delivery.attempts - 1], asked)
    claiming.settle(
        delivery,
        SendState.DUE,
        error=_reason(error),
        due_at=timezone.now() + wait,
    )


def _wait_for_room(delivery: Delivery, error: Busy) -> None:
    """Our own limit: it was not offered, so no try is counted."""
    claiming.settle(
        delivery,
        SendState.DUE,
        attempts=models.F("attempts") - 1,
        due_at=timezone.now() + error.wait,
    )


def _reason(error: Exception) -> str:
    return str(error)[:200]
