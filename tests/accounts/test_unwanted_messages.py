"""Switched off after a message was routed, before it went out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ChannelChoice, Delivery, KindSetting, QuietHours
from accounts.notifications.sending import send_due
from tests.factories.accounts import DeliveryFactory, NotificationFactory

pytestmark = pytest.mark.django_db


def waits(kind):
    """A mail that an outage has kept for an hour, to somebody without nights."""
    row = DeliveryFactory(notification__kind=kind)
    long_ago = timezone.now() - timedelta(hours=1)
    Delivery.objects.filter(pk=row.pk).update(created_at=long_ago)
    QuietHours.objects.create(user=row.notification.recipient, is_on=False)
    return row.notification


def refuse(message, kind, channel="mail"):
    ChannelChoice.objects.create(
        user=message.recipient, kind=kind, channel=channel, is_on=False
    )


def send():
    send_due("mail", now=timezone.now())
    rows = Delivery.objects.order_by("pk")
    return list(rows.values_list("send_state", "error"))


def test_mail_that_waited_is_not_sent_once_the_person_unsubscribed(mailoutbox):
    refuse(waits("a"), "a")
    refuse(waits("a"), "a", channel="sms")
    waits("a")

    assert send() == [("dropped", "已停止接收"), ("sent", ""), ("sent", "")]
    assert len(mailoutbox) == 2


def test_mail_that_waited_is_not_sent_once_the_office_stopped_it():
    for kind in ("a", "urgent"):
        waits(kind)
        KindSetting.objects.create(kind=kind, is_on=False)

    assert send() == [("dropped", "已停止接收"), ("sent", "")]


def test_digest_leaves_out_what_the_person_unsubscribed_from(mailoutbox):
    digest = DeliveryFactory(notification__kind="digest").notification
    for kind in ("a", "b"):
        NotificationFactory(
            recipient=digest.recipient,
            kind=kind,
            title=f"标题 {kind}",
            outbox_state="folded",
            digest=digest,
        )
    refuse(digest, "a")

    assert send() == [("sent", "")]
    body = mailoutbox[0].body
    assert ("标题 a" in body, "标题 b" in body) == (False, True)


def test_mail_that_waited_costs_two_queries_for_all(django_assert_num_queries):
    for _person in range(3):
        waits("a")

    with django_assert_num_queries(5 + 3 + 2 + 3 + 2):
        send_due("mail", now=timezone.now())
