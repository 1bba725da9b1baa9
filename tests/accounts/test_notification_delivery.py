"""Mail of the outbox: claimed, sent once, tried again, given up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications import (
    MAX_ATTEMPTS,
    Message,
    deliver_due,
    notify,
    withdraw,
)
from accounts.tasks import deliver_notifications
from tests.accounts.mail_servers import OneMailAConnectionBackend
from tests.factories.accounts import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
DUE, CLAIMED, SENT = "due", "claimed", "sent"
SERVERS = "tests.accounts.mail_servers."


@pytest.fixture
def due(db):
    """A message whose mail is due."""
    return NotificationFactory(outbox_state=DUE)


def states():
    rows = Notification.objects.order_by("pk")
    return list(rows.values_list("outbox_state", "email_attempts"))


def test_deliver_due_sends_one_mail(due, mailoutbox, settings):
    settings.DEFAULT_FROM_EMAIL = "芗城创城 <portal@portal.example>"
    Notification.objects.filter(pk=due.pk).update(path="/shifts/7/")

    sent = deliver_due(now=timezone.now())

    assert (sent, states()) == (1, [(SENT, 1)])
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (
        [due.recipient.email],
        "【芗城创城协同平台】示例通知",
    )
    assert mail.body == "示例正文\n\nhttp://testserver/shifts/7/\n"
    assert mail.message()["Message-ID"] == f"<notification-{due.pk}@portal.example>"


def test_deliver_due_twice_sends_once(due, mailoutbox):
    sent = [deliver_due(now=timezone.now()) for _run in range(2)]

    assert (sent, len(mailoutbox)) == ([1, 0], 1)


def test_deliver_due_takes_the_longest_waiting_first(mailoutbox):
    now = timezone.now()
    NotificationFactory(outbox_state=DUE, due_at=now - timedelta(hours=1), title="二")
    NotificationFactory(outbox_state=DUE, due_at=now - timedelta(hours=2), title="一")

    deliver_due(now=now)

    assert [mail.subject[-1] for mail in mailoutbox] == ["一", "二"]


@pytest.mark.parametrize("state", ["none", CLAIMED, SENT, "failed", "dropped"])
def test_deliver_due_leaves_what_is_not_due(state, mailoutbox):
    NotificationFactory(outbox_state=state)

    assert deliver_due(now=timezone.now()) == 0

    assert (states(), mailoutbox) == ([(state, 0)], [])


def test_deliver_due_leaves_what_is_due_later(mailoutbox):
    now = timezone.now()
    NotificationFactory(outbox_state=DUE, due_at=now + timedelta(seconds=1))

    assert deliver_due(now=now) == 0

    assert states() == [(DUE, 0)]


@pytest.mark.parametrize(
    "person",
    [
        pytest.param({"email": ""}, id="no address"),
        pytest.param({"is_active": False}, id="closed account"),
    ],
)
def test_deliver_due_drops_mail_nobody_can_get(person, mailoutbox):
    NotificationFactory(recipient=UserFactory(**person), outbox_state=DUE)

    assert deliver_due(now=timezone.now()) == 0

    assert (states(), mailoutbox) == ([("dropped", 1)], [])


@pytest.mark.parametrize("backend", ["RefusingBackend", "UnreachableBackend"])
def test_deliver_due_tries_all_again_when_the_server_fails(
    backend, settings, time_machine
):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    settings.EMAIL_BACKEND = SERVERS + backend
    NotificationFactory.create_batch(2, outbox_state=DUE)

    assert deliver_due(now=timezone.now()) == 0

    assert states() == [(DUE, 1), (DUE, 1)]
    waits = {row.due_at - timezone.now() for row in Notification.objects.all()}
    assert waits == {timedelta(minutes=5)}


@pytest.mark.parametrize("backend", ["RefusingBackend", "UnreachableBackend"])
def test_deliver_due_waits_longer_each_time_and_gives_up(
    backend, due, settings, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    settings.EMAIL_BACKEND = SERVERS + backend
    waits = []

    for _attempt in range(MAX_ATTEMPTS):
        deliver_due(now=timezone.now())
        due.refresh_from_db()
        waits.append((due.due_at - timezone.now()) // timedelta(minutes=1))
        time_machine.move_to(due.due_at, tick=False)

    assert waits == [5, 10, 20, 40, 80, 160]
    assert states() == [("failed", 6)]
    assert due.email_error != ""
    assert deliver_due(now=timezone.now()) == 0


def test_deliver_due_goes_on_over_a_new_connection(settings):
    settings.EMAIL_BACKEND = SERVERS + "OneMailAConnectionBackend"
    OneMailAConnectionBackend.sent.clear()
    NotificationFactory.create_batch(4, outbox_state=DUE)

    deliver_due(now=timezone.now())

    assert len(OneMailAConnectionBackend.sent) == 3
    assert states() == [(SENT, 1), (DUE, 1), (SENT, 1), (SENT, 1)]


def test_deliver_due_sends_after_the_server_came_back(
    due, settings, time_machine, mailoutbox
):
    backend = settings.EMAIL_BACKEND
    time_machine.move_to(timezone.now(), tick=False)
    settings.EMAIL_BACKEND = SERVERS + "UnreachableBackend"
    deliver_due(now=timezone.now())
    settings.EMAIL_BACKEND = backend

    early = deliver_due(now=timezone.now() + timedelta(minutes=4, seconds=59))
    late = deliver_due(now=timezone.now() + timedelta(minutes=5))

    assert (early, late, len(mailoutbox), states()) == (0, 1, 1, [(SENT, 2)])


def test_deliver_notifications_is_the_same_by_the_clock(due, mailoutbox):
    assert deliver_notifications() == 1

    assert len(mailoutbox) == 1


def test_withdraw_withdraws_only_that_kind_and_record(due):
    target = UserFactory()
    NotificationFactory(
        object_type="accounts.User", object_id=target.pk, kind="a", outbox_state=DUE
    )
    NotificationFactory(
        object_type="accounts.User", object_id=target.pk, kind="b", outbox_state=DUE
    )

    assert withdraw(target, kinds=["a"]) == 1

    assert states() == [(DUE, 0), ("dropped", 0), (DUE, 0)]


def say(recipient, **values):
    message = Message(
        **{
            "recipient_id": recipient.pk,
            "kind": "test",
            "target": recipient,
            "title": "标题",
            "body": "正文",
            **values,
        }
    )
    notify([message])


def test_notify_says_a_thing_once():
    person = UserFactory()

    for slot in ("T-48", "T-48", "T-3"):
        say(person, slot=slot, has_email=True)

    slots = Notification.objects.order_by("pk").values_list("slot", "outbox_state")
    assert list(slots) == [("T-48", DUE), ("T-3", DUE)]


def test_notify_cuts_a_long_title():
    say(UserFactory(), title="长" * 200)

    assert Notification.objects.get().title == "长" * 120


@pytest.mark.parametrize(
    ("has_email", "rings"),
    [pytest.param(True, 1, id="by mail"), pytest.param(False, 0, id="inbox only")],
)
def test_notify_rings_only_for_mail(
    has_email, rings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        say(UserFactory(), has_email=has_email)

    assert len(callbacks) == rings
