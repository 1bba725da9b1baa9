"""Kinds that cannot say whether their messages hold do not hold up the others."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from accounts.models import Delivery, Notification
from accounts.notifications import routing
from accounts.notifications.digests import compose
from accounts.notifications.kinds import KINDS
from accounts.notifications.routing import route_due
from accounts.notifications.sending import send_due
from tests.factories.accounts import DeliveryFactory, NotificationFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def break_down(pairs, now):
    """As a query of a table that a migration has renamed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")


@pytest.fixture
def broken(monkeypatch):
    """The kind "a" cannot be asked; a call mends it."""
    with monkeypatch.context() as patch:
        patch.setitem(KINDS, "a", replace(KINDS["a"], still_true=break_down))
        yield patch.undo


def states():
    rows = Notification.objects.order_by("pk")
    return list(rows.values_list("outbox_state", flat=True))


def test_route_due_leaves_what_cannot_be_asked_for_the_next_run(broken, monkeypatch):
    # More of them than one batch holds, and in front.
    monkeypatch.setattr(routing, "BATCH", 2)
    for minutes, kind in ((3, "a"), (2, "a"), (1, "a"), (0, "b")):
        due_at = NOON - timedelta(minutes=minutes)
        NotificationFactory(kind=kind, outbox_state="due", due_at=due_at)

    route_due(now=NOON)
    assert states() == ["due"] * 3 + ["routed"]

    broken()
    route_due(now=NOON)
    assert states() == ["routed"] * 4


def test_send_due_sends_later_what_cannot_be_asked(broken, mailoutbox):
    for kind in ("a", "b"):
        DeliveryFactory(notification__kind=kind, due_at=NOON)

    assert send_due("mail", now=NOON) == 1
    row = Delivery.objects.get(notification__kind="a")
    assert (row.send_state, row.attempts, row.claim) == ("due", 0, None)

    broken()
    assert send_due("mail", now=row.due_at) == 1


@pytest.mark.usefixtures("broken")
def test_digest_leaves_out_what_cannot_be_asked():
    digest = NotificationFactory(kind="digest")
    for kind in ("a", "b"):
        NotificationFactory(
            kind=kind, title=f"示例 {kind}", outbox_state="folded", digest=digest
        )

    _title, body = compose(digest, NOON)

    assert "示例 a" not in body
    assert "示例 b" in body
