"""What the outbox tells about itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.notifications.outbox import (
    deliveries_by_state,
    outbox_probe,
    stale_by_kind,
)
from tests.factories.accounts import DeliveryFactory, NotificationFactory

pytestmark = pytest.mark.django_db


def test_outbox_probe_counts_what_waits():
    now = timezone.now()
    ago = now - timedelta(minutes=6)
    NotificationFactory(outbox_state="due", due_at=ago)
    DeliveryFactory(due_at=now - timedelta(minutes=2))
    DeliveryFactory(due_at=now + timedelta(minutes=2))
    DeliveryFactory(send_state="failed")
    for started_at in (now, now - timedelta(minutes=15)):
        DeliveryFactory(send_state="sending", started_at=started_at)

    assert outbox_probe(now) == {
        "status": "late",
        "due": 2,
        "oldest_due_seconds": 360,
        "stuck": 1,
        "failed": 1,
    }


def test_outbox_probe_sees_routed_mail_that_waits():
    now = timezone.now()
    DeliveryFactory(due_at=now - timedelta(minutes=2))

    answer = outbox_probe(now)

    assert (answer["status"], answer["oldest_due_seconds"]) == ("ok", 120)


def test_outbox_probe_looks_at_all_channels():
    now = timezone.now()
    for channel, minutes in (("mail", 1), ("sms", 3), ("robot", 2), ("file", 1)):
        due_at = now - timedelta(minutes=minutes)
        DeliveryFactory(channel=channel, due_at=due_at)

    answer = outbox_probe(now)

    assert (answer["due"], answer["oldest_due_seconds"]) == (4, 180)


def test_figures_of_a_day_count_by_state_and_kind():
    now = timezone.now()
    DeliveryFactory.create_batch(2, send_state="sent")
    DeliveryFactory(send_state="dropped", channel="sms")
    for days, kind in ((0, "a"), (0, "b"), (2, "b")):
        due_at = now - timedelta(days=days)
        NotificationFactory(outbox_state="stale", kind=kind, due_at=due_at)

    since = now - timedelta(days=1)

    assert deliveries_by_state(since) == {("mail", "sent"): 2, ("sms", "dropped"): 1}
    assert stale_by_kind(since) == {"a": 1, "b": 1}
