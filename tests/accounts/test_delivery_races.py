"""Two workers at once: each message goes out once."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.models import Delivery
from accounts.notifications import Message, notify, withdraw
from accounts.notifications.claiming import begin, claim_batch
from accounts.notifications.sending import send_due
from accounts.notifications.sweeping import sweep
from tests.factories.accounts import DeliveryFactory, UserFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
State = Delivery.SendState


def states():
    return list(Delivery.objects.order_by("pk").values_list("send_state", flat=True))


def test_send_due_leaves_what_another_worker_is_claiming(mailoutbox):
    DeliveryFactory.create_batch(3)
    now = timezone.now()

    with before_commit_of(lambda: claim_batch("mail", now)) as start:
        other = start(lambda: send_due("mail", now=now))
        # It does not even wait; SQLite has only one lock for all.
        has_ended = other.done() or connection.vendor == "sqlite"

    assert has_ended
    assert (other.result(), len(mailoutbox)) == (0, 0)
    assert states() == [State.CLAIMED] * 3


def test_worker_that_lost_its_claim_sends_nothing_more(monkeypatch):
    """The first worker falls asleep over a mail until its lease is over."""
    DeliveryFactory.create_batch(3)
    later = timezone.now() + timedelta(minutes=3)
    others: list[int] = []

    def send_slowly(line, envelope):
        mail.outbox.append(envelope.key)
        if not others:
            others.append(sweep(now=later))
            others.append(send_due("mail", now=later))

    monkeypatch.setattr("accounts.channels.mail.OtherConnection.send", send_slowly)
    sent = send_due("mail", now=timezone.now())

    assert (sent, others) == (1, [2, 2])
    assert len(mail.outbox) == len(set(mail.outbox)) == 3
    assert states() == [State.SENT] * 3


def test_begin_of_the_next_writes_down_the_one_before():
    first, second = claimed_pair()

    begun = [begin(first), begin(second, done=first)]

    assert begun == [True, True]
    assert states() == [State.SENT, State.SENDING]


def test_begin_fails_when_the_next_was_given_back_and_the_one_before_is_written():
    first, second = claimed_pair()
    begin(first)
    Delivery.objects.filter(pk=second.pk).update(claim=uuid.uuid4())

    begun = begin(second, done=first)

    assert begun is False
    assert states() == [State.SENT, State.CLAIMED]


def test_begin_holds_when_only_the_one_before_was_settled_by_a_person():
    first, second = claimed_pair()
    begin(first)
    Delivery.objects.filter(pk=first.pk).update(claim=None)

    begun = begin(second, done=first)

    assert begun is True
    assert states() == [State.SENDING, State.SENDING]


def claimed_pair():
    DeliveryFactory.create_batch(2)
    return claim_batch("mail", timezone.now())


def test_sweep_waits_for_no_worker_that_is_just_beginning():
    [row] = DeliveryFactory.create_batch(1)
    claim_batch("mail", timezone.now())
    row.refresh_from_db()
    later = timezone.now() + timedelta(minutes=3)

    with before_commit_of(lambda: begin(row)) as start:
        swept = start(lambda: sweep(now=later))

    assert (swept.result(), states()) == (0, [State.SENDING])


def test_message_withdrawn_after_it_was_claimed_is_not_begun():
    person = UserFactory()
    row = DeliveryFactory(
        notification__object_type="accounts.User", notification__object_id=person.pk
    )
    [claimed] = claim_batch("mail", timezone.now())

    withdraw(person, kinds=["test"])

    assert begin(claimed) is False
    row.refresh_from_db()
    assert row.send_state == State.DROPPED


def test_notify_of_two_callers_says_a_thing_once():
    person = UserFactory()
    message = Message(
        recipient_id=person.pk, kind="test", target=person, title="标题", body="正文"
    )

    with before_commit_of(lambda: notify([message])) as start:
        late = start(lambda: notify([message]))

    assert late.exception() is None
    assert person.notifications.count() == 1
