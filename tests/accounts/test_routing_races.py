"""Two routers at once, and a router beside somebody who withdraws."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from accounts.models import Delivery, Notification
from accounts.notifications import routing, withdraw
from accounts.notifications.routing import route_due
from core.models import PeriodicJob
from tests.factories.accounts import (
    DeliveryFactory,
    NotificationFactory,
    UserFactory,
)
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def due(**values):
    return NotificationFactory(**{"outbox_state": "due", "due_at": NOON, **values})


def states():
    rows = Notification.objects.exclude(kind="digest").order_by("pk")
    return list(rows.values_list("outbox_state", flat=True))


def test_route_due_of_two_runs_keeps_to_the_daily_limit(monkeypatch):
    monkeypatch.setattr(routing, "BATCH", 3)
    PeriodicJob.objects.create(name=routing.LOCK)
    reader = UserFactory()
    for _message in range(5):
        due(recipient=reader)

    with before_commit_of(lambda: routing._route_batch(NOON, set())) as start:
        other = start(lambda: route_due(now=NOON))

    assert other.exception() is None
    assert states() == ["routed"] * 3 + ["folded"] * 2
    assert Notification.objects.filter(kind="digest").count() == 1


def test_route_due_sends_nothing_that_is_being_withdrawn():
    target = UserFactory()
    message = due(object_type="accounts.User", object_id=target.pk)

    with before_commit_of(lambda: withdraw(target, kinds=["test"])) as start:
        other = start(lambda: route_due(now=NOON))

    assert other.exception() is None
    assert (states(), message.deliveries.count()) == (["dropped"], 0)


def test_deliveries_of_a_message_are_one_a_channel():
    held = DeliveryFactory()

    with pytest.raises(IntegrityError):
        Delivery.objects.create(
            notification=held.notification, channel="mail", due_at=NOON
        )
