"""Messages that failed or got stuck are sent again or given up by the office."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery
from accounts.notifications.sending import send_due
from communities.admin.job_names import every
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.accounts import DeliveryFactory, NotificationFactory
from tests.words import english_in

LABEL = "accounts.Delivery"
State = Delivery.SendState
pytestmark = pytest.mark.django_db


def act(client, action, *rows):
    return client.post(
        admin_url(LABEL, "changelist"),
        {
            "action": action,
            "_selected_action": [row.pk for row in rows],
            "confirmed": "yes",
            "reason": "示例理由",
        },
        follow=True,
    )


def begun(minutes):
    ago = timezone.now() - timedelta(minutes=minutes)
    return DeliveryFactory(send_state=State.SENDING, started_at=ago)


def failed():
    return DeliveryFactory(send_state=State.FAILED, attempts=6, error="示例错误")


@pytest.mark.parametrize(
    "make", [failed, lambda: begun(minutes=20)], ids=["failed", "stuck"]
)
def test_resend_sends_the_mail_once(make, office):
    row = make()

    act(office, "resend", row)
    for _run in range(2):
        send_due("mail", now=timezone.now())

    row.refresh_from_db()
    assert (row.send_state, row.attempts, row.error) == (State.SENT, 1, "")
    assert len(mail.outbox) == 1
    assert [line.verb for line in history_of(row)] == ["accounts.delivery_requeued"]


def test_drop_gives_several_up_and_records_each(office):
    rows = [failed(), failed()]

    act(office, "drop", *rows)

    states = Delivery.objects.values_list("send_state", flat=True)
    assert set(states) == {State.DROPPED}
    for row in rows:
        [line] = history_of(row)
        assert (line.verb, line.data) == (
            "accounts.delivery_dropped",
            {"reason": "示例理由"},
        )


@pytest.mark.parametrize("action", ["resend", "drop"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: begun(minutes=1),
        lambda: DeliveryFactory(send_state=State.SENT),
        lambda: DeliveryFactory(send_state=State.DUE),
    ],
    ids=["being sent", "sent", "due"],
)
def test_delivery_that_is_not_stuck_stays(make, action, office):
    row = make()
    before = row.send_state

    response = act(office, action, row)

    row.refresh_from_db()
    assert row.send_state == before
    refusal = "只有发送失败或发送中超过 15 分钟的记录可以处理。"
    assert refusal in response.content.decode()


def test_worker_that_wakes_after_a_resend_writes_nothing(office, monkeypatch):
    """It slept over the mail for 20 minutes, and the office sent it again."""
    row = DeliveryFactory()
    ago = timezone.now() - timedelta(minutes=20)

    def sleep(line, envelope):
        Delivery.objects.update(started_at=ago)
        act(office, "resend", row)

    monkeypatch.setattr("accounts.channels.mail.OtherConnection.send", sleep)
    monkeypatch.setattr("accounts.notifications.claiming.BATCH", 1)
    monkeypatch.setattr(
        "accounts.notifications.sending._Run.is_over", property(one_batch())
    )
    send_due("mail", now=timezone.now())

    row.refresh_from_db()
    assert (row.send_state, row.sent_at) == (State.DUE, None)


def one_batch():
    looks = iter([False, False])
    return lambda run: next(looks, True)


def test_list_filters_by_kind(office):
    rows = [DeliveryFactory(notification__kind=kind) for kind in ("a", "b")]

    text = office.get(admin_url(LABEL, "changelist"), {"kind": "b"}).content.decode()

    links = [admin_url(LABEL, "change", row.pk) in text for row in rows]
    assert links == [False, True]


def test_outbox_page_shows_no_english_word(office):
    page = office.get(reverse("admin:accounts_delivery_outbox")).content.decode()

    assert english_in(page) == set()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (86_400, "每 1 天"),
        (7200, "每 2 小时"),
        (600, "每 10 分钟"),
        (90, "每 90 秒"),
    ],
)
def test_interval_of_a_job_is_said_in_the_largest_even_unit(seconds, words):
    assert every(seconds) == words


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_text_title_and_address_of_a_delivery_are_not_shown(page, office):
    row = DeliveryFactory(
        notification__title="只给本人看的标题",
        notification__body="只给本人看的正文",
        notification__recipient__email="reader@example.invalid",
    )

    key = [row.pk] if page == "change" else []
    text = office.get(admin_url(LABEL, page, *key)).content.decode()

    assert "只给本人看" not in text
    assert "reader@" not in text


def test_message_text_is_not_shown(office):
    row = NotificationFactory(body="只给本人看的正文")

    text = office.get(
        admin_url("accounts.Notification", "change", row.pk)
    ).content.decode()

    assert "只给本人看的正文" not in text


def test_front_page_counts_what_waits(office):
    failed()
    begun(minutes=20)
    DeliveryFactory.create_batch(2)

    queues = office.get(reverse("admin:index")).context["queues"]

    counts = {queue.label: queue.count for queue in queues}
    assert {
        "到时未发的消息": 2,
        "发送失败的消息": 1,
        "卡住的消息": 1,
    }.items() <= counts.items()


def test_outbox_page_tells_how_it_is_doing(office):
    now = timezone.now()
    DeliveryFactory(due_at=now - timedelta(minutes=7))
    DeliveryFactory.create_batch(3, send_state=State.SENT)
    NotificationFactory(outbox_state="stale", kind="a")

    response = office.get(reverse("admin:accounts_delivery_outbox"))

    assert [counts for _span, [(_mail, counts)] in response.context["spans"]] == [
        [1, 0, 0, 3, 0, 0]
    ] * 2
    assert response.context["stale"] == [("示例消息", 1)]
    text = response.content.decode()
    assert "已等 7\xa0分钟" in text
    assert "还没有运行过" in text


def test_outbox_page_of_an_empty_portal_says_so(office):
    text = office.get(reverse("admin:accounts_delivery_outbox")).content.decode()

    assert "没有发送记录。" in text
    assert "没有过时的消息。" in text
