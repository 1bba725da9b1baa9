"""Mail that failed or got stuck is sent again or given up by the office."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Delivery
from accounts.sending import deliver_due
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.accounts import DeliveryFactory

LABEL = "accounts.Delivery"
State = Delivery.SendState
pytestmark = pytest.mark.django_db


def act(client, action, row):
    return client.post(
        admin_url(LABEL, "changelist"),
        {
            "action": action,
            "_selected_action": [row.pk],
            "confirmed": "yes",
            "reason": "示例理由",
        },
        follow=True,
    )


def claimed(minutes):
    ago = timezone.now() - timedelta(minutes=minutes)
    return DeliveryFactory(send_state=State.SENDING, started_at=ago)


def failed():
    return DeliveryFactory(send_state=State.FAILED, attempts=6, error="示例错误")


@pytest.mark.parametrize(
    "make", [failed, lambda: claimed(minutes=20)], ids=["failed", "stuck"]
)
def test_requeue_sends_the_mail_once(make, office):
    row = make()

    act(office, "resend", row)
    deliver_due(now=timezone.now())
    deliver_due(now=timezone.now())

    row.refresh_from_db()
    assert row.send_state == State.SENT
    assert len(mail.outbox) == 1
    assert [line.verb for line in history_of(row)] == ["accounts.delivery_requeued"]


def test_drop_gives_the_mail_up_and_records_it(office):
    row = failed()

    act(office, "drop", row)

    row.refresh_from_db()
    assert row.send_state == State.DROPPED
    assert [line.verb for line in history_of(row)] == ["accounts.delivery_dropped"]


@pytest.mark.parametrize("action", ["resend", "drop"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: claimed(minutes=1),
        lambda: DeliveryFactory(send_state=State.SENT),
        lambda: DeliveryFactory(send_state=State.DUE),
    ],
    ids=["being sent", "sent", "due"],
)
def test_mail_that_is_not_stuck_stays(make, action, office):
    row = make()
    before = row.send_state

    response = act(office, action, row)

    row.refresh_from_db()
    assert row.send_state == before
    assert (
        "只有发送失败或发送中超过 15 分钟的邮件可以处理。" in response.content.decode()
    )


def test_message_text_is_not_shown(office):
    row = NotificationFactory(body="只给本人看的正文")

    text = office.get(admin_url(LABEL, "change", row.pk)).content.decode()

    assert "只给本人看的正文" not in text
