"""Two workers at once: each mail goes out once."""

import pytest
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications import Message, _claim, deliver_due, notify
from tests.factories.accounts import NotificationFactory, UserFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_deliver_due_leaves_what_another_worker_is_claiming(mailoutbox):
    NotificationFactory.create_batch(3, outbox_state="due")
    now = timezone.now()

    with before_commit_of(lambda: _claim(now)) as start:
        other = start(lambda: deliver_due(now=now))

    assert (other.result(), len(mailoutbox)) == (0, 0)
    rows = Notification.objects.values_list("outbox_state", "email_attempts")
    assert list(rows) == [("claimed", 1)] * 3


def test_notify_of_two_callers_says_a_thing_once():
    person = UserFactory()
    message = Message(
        recipient_id=person.pk, kind="test", target=person, title="标题", body="正文"
    )

    with before_commit_of(lambda: notify([message])) as start:
        late = start(lambda: notify([message]))

    assert late.exception() is None
    assert Notification.objects.count() == 1
