"""Mail that failed or got stuck is sent again or given up by the office."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications import deliver_due
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.accounts import NotificationFactory

LABEL = "accounts.Notification"
State = Notification.EmailState
pytestmark = pytest.mark.django_db


def act(client, action, row):
    return client.post(
        admin_url(LABEL, "changelist"),
        {"action": action, "_selected_action": [row.pk], "confirmed": "yes"},
        follow=True,
    )


def claimed(minutes):
    ago = timezone.now() - timedelta(minutes=minutes)
    return NotificationFactory(email_state=State.CLAIMED, email_claimed_at=ago)


def failed():
    return NotificationFactory(
        email_state=State.FAILED, email_attempts=6, email_error="示例错误"
    )


@pytest.mark.parametrize(
    "make", [failed, lambda: claimed(minutes=20)], ids=["failed", "stuck"]
)
def test_requeue_sends_the_mail_once(make, office):
    row = make()

    act(office, "requeue", row)
    deliver_due(now=timezone.now())
    deliver_due(now=timezone.now())

    row.refresh_from_db()
    assert row.email_state == State.SENT
    assert len(mail.outbox) == 1
    assert [line.verb for line in history_of(row)] == ["accounts.notification_requeued"]


def test_drop_gives_the_mail_up_and_records_it(office):
    row = failed()

    act(office, "drop", row)

    row.refresh_from_db()
    assert row.email_state == State.DROPPED
    assert [line.verb for line in history_of(row)] == ["accounts.notification_dropped"]


@pytest.mark.parametrize("action", ["requeue", "drop"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: claimed(minutes=1),
        lambda: NotificationFactory(email_state=State.SENT),
        lambda: NotificationFactory(email_state=State.DUE),
    ],
    ids=["being sent", "sent", "due"],
)
def test_mail_that_is_not_stuck_stays(make, action, office):
    row = make()
    before = row.email_state

    response = act(office, action, row)

    row.refresh_from_db()
    assert row.email_state == before
    assert (
        "只有发送失败或发送中超过 15 分钟的邮件可以处理。" in response.content.decode()
    )


def test_message_text_is_not_shown(office):
    row = NotificationFactory(body="只给本人看的正文")

    text = office.get(admin_url(LABEL, "change", row.pk)).content.decode()

    assert "只给本人看的正文" not in text
