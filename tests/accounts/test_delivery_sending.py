"""Deliveries that are due: claimed, asked again, sent once."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import tasks
from accounts.models import Delivery, Notification
from accounts.notifications.kinds import KINDS, Kind, Topic
from accounts.notifications.sending import deliver_due, send_due
from accounts.notifications.sweeping import sweep
from tests.factories.accounts import DeliveryFactory, NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
State = Delivery.SendState


@pytest.fixture
def due(db):
    """A message that is due by mail."""
    return DeliveryFactory()


def states():
    rows = Delivery.objects.order_by("pk")
    return list(rows.values_list("send_state", "attempts"))


def send():
    return send_due("mail", now=timezone.now())


def test_send_due_sends_one_mail(due, mailoutbox, settings):
    settings.DEFAULT_FROM_EMAIL = "芗城创城 <portal@portal.example>"
    Notification.objects.update(path="/shifts/7/")

    sent = send()

    assert (sent, states()) == (1, [(State.SENT, 1)])
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (
        [due.notification.recipient.email],
        "【芗城创城协同平台】示例通知",
    )
    assert mail.body.startswith("示例正文\n\nhttp://testserver/shifts/7/\n")
    key = f"<notification-{due.notification_id}@portal.example>"
    assert mail.message()["Message-ID"] == key


def test_mail_offers_to_end_it_unless_it_must_arrive(mailoutbox):
    for kind in ("test", "urgent"):
        DeliveryFactory(notification__kind=kind)

    send()

    offers = ["List-Unsubscribe" in mail.extra_headers for mail in mailoutbox]
    assert offers == [True, False]
    choices = "http://testserver" + reverse("accounts:message_choices")
    assert [choices in mail.body for mail in mailoutbox] == [True, True]


def test_send_due_twice_sends_once(due, mailoutbox):
    sent = [send() for _run in range(2)]

    assert (sent, len(mailoutbox)) == ([1, 0], 1)


def test_send_due_writes_down_each_of_several(mailoutbox):
    DeliveryFactory.create_batch(3)

    send()

    assert states() == [(State.SENT, 1)] * 3
    rows = Delivery.objects.filter(sent_at__gte=timezone.now() - timedelta(minutes=1))
    assert (rows.count(), len(mailoutbox)) == (3, 3)


def test_send_due_takes_the_longest_waiting_first(mailoutbox):
    now = timezone.now()
    for hours, title in ((1, "二"), (2, "一")):
        DeliveryFactory(due_at=now - timedelta(hours=hours), notification__title=title)

    send_due("mail", now=now)

    assert [mail.subject[-1] for mail in mailoutbox] == ["一", "二"]


@pytest.mark.parametrize("state", [state for state in State if state != State.DUE])
def test_send_due_leaves_what_is_not_due(state, mailoutbox):
    DeliveryFactory(send_state=state)

    assert send() == 0

    assert (states(), mailoutbox) == ([(state, 0)], [])


def test_send_due_leaves_what_is_due_later(mailoutbox):
    now = timezone.now()
    DeliveryFactory(due_at=now + timedelta(seconds=1))

    assert send_due("mail", now=now) == 0

    assert states() == [(State.DUE, 0)]


def test_send_due_asks_a_constant_number_of_queries_a_mail(
    django_assert_num_queries, mailoutbox
):
    DeliveryFactory.create_batch(10)

    # Claim: begin, ask, mark, commit, read. Then one a mail, the last "sent", what is
    # left given back, and a look whether more is due: begin, ask, commit.
    with django_assert_num_queries(5 + 10 + 2 + 3):
        send()


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        pytest.param({"email": ""}, "没有可用的地址", id="no address"),
        pytest.param({"is_active": False}, "账号已停用", id="closed account"),
    ],
)
def test_send_due_drops_mail_nobody_can_get(person, reason, mailoutbox):
    DeliveryFactory(notification__recipient=UserFactory(**person))
    DeliveryFactory()

    assert send() == 1

    assert states() == [(State.DROPPED, 0), (State.SENT, 1)]
    assert Delivery.objects.order_by("pk")[0].error == reason


def test_send_due_drops_and_counts_what_would_come_too_late(mailoutbox):
    now = timezone.now()
    late = DeliveryFactory(notification__expires_at=now, due_at=now)
    in_time = now + timedelta(minutes=1)
    DeliveryFactory(notification__expires_at=in_time, due_at=now)

    assert send_due("mail", now=now) == 1

    assert states() == [(State.DROPPED, 0), (State.SENT, 1)]
    late.notification.refresh_from_db()
    assert late.notification.outbox_state == Notification.OutboxState.STALE


def test_send_due_sends_what_must_arrive_however_late(mailoutbox):
    now = timezone.now()
    DeliveryFactory(notification__kind="urgent", notification__expires_at=now)

    assert send() == 1


def test_send_due_drops_what_is_true_no_more(monkeypatch, mailoutbox):
    def still_true(pairs, now):
        return {pair for pair in pairs if pair[1] == "holds"}

    kind = Kind(
        code="held", label="示例", topic=Topic.PORTAL, when="", still_true=still_true
    )
    monkeypatch.setitem(KINDS, "held", kind)
    for slot in ("gone", "holds"):
        DeliveryFactory(notification__kind="held", notification__slot=slot)

    assert send() == 1

    assert states() == [(State.DROPPED, 0), (State.SENT, 1)]


def test_send_due_writes_a_digest_from_what_still_holds(mailoutbox):
    rows = [
        DeliveryFactory(notification__kind="digest", notification__title="")
        for _row in range(2)
    ]
    NotificationFactory(
        outbox_state="folded", digest=rows[0].notification, title="示例消息"
    )

    assert send() == 1

    assert states() == [(State.SENT, 1), (State.DROPPED, 0)]
    assert "示例消息" in mailoutbox[0].body


def test_sweep_task_sends_what_a_dead_worker_held(mailoutbox):
    ago = timezone.now() - timedelta(seconds=1)
    DeliveryFactory(send_state=State.CLAIMED, claimed_until=ago)

    assert tasks.sweep() == 1

    assert states() == [(State.SENT, 1)]


def test_deliver_notifications_routes_and_sends(mailoutbox, time_machine):
    time_machine.move_to(datetime(2026, 9, 1, 10, tzinfo=UTC), tick=False)
    NotificationFactory(outbox_state=Notification.OutboxState.DUE)

    tasks.deliver_notifications()

    assert [row[0] for row in states()] == [State.SENT]
    assert len(mailoutbox) == 1


def test_deliver_due_out_of_time_rings_for_the_rest(
    due, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("accounts.notifications.sending.MOST_SECONDS", 0)

    with django_capture_on_commit_callbacks() as bells:
        deliver_due(now=timezone.now())

    assert (states(), len(bells)) == ([(State.DUE, 0)], 1)


def test_deliver_due_keeps_time_for_each_channel(monkeypatch):
    shares = {}

    def note(channel, *, now, end):
        shares[channel] = end - time.monotonic()
        return 0

    monkeypatch.setattr("accounts.notifications.sending.send_due", note)

    deliver_due(now=timezone.now())

    assert [round(share) for share in shares.values()] == [60, 80, 120, 240]
    assert list(shares)[-1] == "mail"


@pytest.mark.parametrize(
    ("state", "seconds", "after"),
    [
        pytest.param(State.CLAIMED, -1, State.DUE, id="lease over"),
        pytest.param(State.CLAIMED, 1, State.CLAIMED, id="lease holds"),
        pytest.param(State.SENDING, -1, State.SENDING, id="begun"),
    ],
)
def test_sweep_gives_back_what_a_dead_worker_only_claimed(state, seconds, after):
    now = timezone.now()
    row = DeliveryFactory(
        send_state=state, claimed_until=now + timedelta(seconds=seconds)
    )

    swept = sweep(now=now)

    row.refresh_from_db()
    assert (row.send_state, swept) == (after, int(after == State.DUE))
