"""Mail that did not go: tried again, given up, left to a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.channels.base import Unavailable
from accounts.channels.http import NoConnection
from accounts.models import Delivery
from accounts.notifications.sending import WAITS, send_due
from tests.accounts.mail_servers import OneMailAConnectionBackend
from tests.factories.accounts import DeliveryFactory, UserFactory

pytestmark = pytest.mark.django_db
SERVERS = "tests.accounts.mail_servers."
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


def test_mail_refused_for_now_is_tried_later(settings, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    settings.EMAIL_BACKEND = SERVERS + "RefusingBackend"
    DeliveryFactory.create_batch(2)

    assert send() == 0

    assert states() == [(State.DUE, 1), (State.DUE, 1)]
    waits = {row.due_at - timezone.now() for row in Delivery.objects.all()}
    assert waits == {timedelta(minutes=5)}


def test_mail_refused_six_times_within_a_day_has_failed(due, settings, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    settings.EMAIL_BACKEND = SERVERS + "RefusingBackend"
    waits = []

    for _wait in WAITS:
        send()
        due.refresh_from_db()
        waits.append((due.due_at - timezone.now()) // timedelta(minutes=1))
        time_machine.move_to(due.due_at, tick=False)
    send()

    due.refresh_from_db()
    assert waits == [5, 15, 60, 240, 720]
    assert (due.send_state, due.attempts) == (State.FAILED, 6)
    assert "mailbox unavailable" in due.error
    assert timezone.now() - start < timedelta(hours=24)


def test_outage_counts_no_try_and_asks_the_server_once(settings, monkeypatch):
    monkeypatch.setattr("accounts.notifications.claiming.BATCH", 2)
    settings.EMAIL_BACKEND = SERVERS + "UnreachableBackend"
    DeliveryFactory.create_batch(3)

    assert send() == 0

    assert states() == [(State.DUE, 0)] * 3
    errors = Delivery.objects.order_by("pk").values_list("error", flat=True)
    assert [bool(error) for error in errors] == [True, True, False]


def test_mail_goes_at_the_first_look_after_an_outage(
    due, settings, mailoutbox, time_machine
):
    backend = settings.EMAIL_BACKEND
    start = timezone.now()
    settings.EMAIL_BACKEND = SERVERS + "UnreachableBackend"
    for hours in (0, 1, 3, 23):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        send()
    settings.EMAIL_BACKEND = backend

    assert send() == 1

    assert (states(), len(mailoutbox)) == ([(State.SENT, 1)], 1)


def test_mail_offered_in_vain_for_a_day_has_failed(due, settings, time_machine):
    start = timezone.now()
    settings.EMAIL_BACKEND = SERVERS + "UnreachableBackend"

    for hours in (0, 24):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        send()

    assert states() == [(State.FAILED, 0)]


def test_outage_lets_each_of_many_begin_its_day(settings, monkeypatch, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    monkeypatch.setattr("accounts.notifications.claiming.BATCH", 1)
    settings.EMAIL_BACKEND = SERVERS + "UnreachableBackend"
    DeliveryFactory.create_batch(3)

    for _minute in range(3):
        time_machine.shift(60)
        send()
    assert not Delivery.objects.filter(error="").exists()

    time_machine.shift(timedelta(days=1))
    for _minute in range(3):
        send()
    assert states() == [(State.FAILED, 0)] * 3


def test_worker_down_for_a_day_fails_nothing_at_its_first_look(due, settings):
    settings.EMAIL_BACKEND = SERVERS + "UnreachableBackend"
    Delivery.objects.update(due_at=timezone.now() - timedelta(days=2))

    send()

    assert states() == [(State.DUE, 0)]


def test_sms_offered_in_vain_for_a_day_has_failed(settings, monkeypatch, time_machine):
    """Its gateway is asked for each message: the row is begun before nobody answers."""

    def nobody_answers(*args, **kwargs):
        raise NoConnection("nobody answers")

    settings.SMS_URL = "http://sms.example/"
    monkeypatch.setattr("accounts.channels.sms.post_json", nobody_answers)
    user = UserFactory(phone="+8613800138000", phone_verified_at=timezone.now())
    DeliveryFactory(channel="sms", notification__recipient=user)
    start = timezone.now()

    for hours in (0, 12, 23, 24.1):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        send_due("sms", now=timezone.now())

    assert states() == [(State.FAILED, 0)]


def test_sms_of_a_gateway_taken_from_the_settings_fails_after_a_day(settings):
    settings.SMS_URL = ""
    now = timezone.now()
    for hours in (23, 24):
        DeliveryFactory(channel="sms", due_at=now - timedelta(hours=hours))

    assert send_due("sms", now=now) == 0

    assert [state for state, _tries in states()] == [State.DUE, State.FAILED]
    assert Delivery.objects.get(send_state=State.FAILED).error == "渠道没有启用"


def test_six_tries_end_within_a_day_however_long_the_other_side_asks_to_wait(
    due, monkeypatch, time_machine
):
    def ask_to_wait(*args):
        raise Unavailable("later", wait=timedelta(hours=6))

    monkeypatch.setattr("accounts.channels.mail.OtherConnection.send", ask_to_wait)
    start = timezone.now()
    time_machine.move_to(start, tick=False)

    for _try in range(6):
        send()
        due.refresh_from_db()
        time_machine.move_to(max(due.due_at, timezone.now()), tick=False)

    assert (due.send_state, due.attempts) == (State.FAILED, 6)
    assert timezone.now() - start < timedelta(hours=24)


def test_outage_amid_a_batch_leaves_the_rest_due(settings):
    settings.EMAIL_BACKEND = SERVERS + "OneMailThenDownBackend"
    DeliveryFactory.create_batch(3)

    assert send() == 1

    assert states() == [(State.SENT, 1), (State.DUE, 1), (State.DUE, 0)]


def test_send_due_goes_on_over_a_new_connection(settings):
    settings.EMAIL_BACKEND = SERVERS + "OneMailAConnectionBackend"
    OneMailAConnectionBackend.sent.clear()
    DeliveryFactory.create_batch(4)

    send()

    assert len(OneMailAConnectionBackend.sent) == 2
    assert states() == [(State.SENT, 1), (State.DUE, 1)] * 2


def test_mail_whose_answer_was_lost_waits_for_a_person(settings):
    settings.EMAIL_BACKEND = SERVERS + "SilentBackend"
    DeliveryFactory.create_batch(2)

    assert [send(), send()] == [0, 0]

    assert states() == [(State.SENDING, 1)] * 2
    assert Delivery.objects.exclude(error="").count() == 2


def test_mistake_in_a_channel_leaves_one_mail_to_a_person(settings, monkeypatch):
    def fail(*args):
        raise KeyError("a mistake")

    monkeypatch.setattr("accounts.channels.mail.OtherConnection.send", fail)
    DeliveryFactory.create_batch(3)

    with pytest.raises(KeyError):
        send()

    assert states() == [(State.SENDING, 1), (State.DUE, 0), (State.DUE, 0)]
