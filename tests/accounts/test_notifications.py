"""Messages are written once, and withdrawn as long as they have not gone out."""

import pytest

from accounts.models import Delivery, Notification
from accounts.notifications import Message, notify, withdraw
from tests.factories.accounts import (
    DeliveryFactory,
    NotificationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DUE, DROPPED = "due", "dropped"


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


def about(target, kind):
    return {"object_type": "accounts.User", "object_id": target.pk, "kind": kind}


def test_notify_says_a_thing_once():
    person = UserFactory()

    for slot in ("T-48", "T-48", "T-3"):
        say(person, slot=slot, has_email=True)

    slots = Notification.objects.order_by("pk").values_list("slot", "outbox_state")
    assert list(slots) == [("T-48", DUE), ("T-3", DUE)]


def test_notify_of_an_unknown_kind_is_refused():
    with pytest.raises(LookupError):
        say(UserFactory(), kind="nobody registered it")


def test_notify_cuts_a_long_title():
    say(UserFactory(), title="长" * 200)

    assert Notification.objects.get().title == "长" * 120


@pytest.mark.parametrize(
    ("has_email", "rings"),
    [pytest.param(True, 1, id="sent out"), pytest.param(False, 0, id="inbox only")],
)
def test_notify_rings_only_for_what_goes_out(
    has_email, rings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        say(UserFactory(), has_email=has_email)

    assert len(callbacks) == rings


def test_withdraw_withdraws_only_that_kind_and_record():
    target = UserFactory()
    for values in ({}, about(target, "a"), about(target, "b")):
        NotificationFactory(outbox_state=DUE, **values)

    assert withdraw(target, kinds=["a"]) == 1

    states = Notification.objects.order_by("pk").values_list("outbox_state", flat=True)
    assert list(states) == [DUE, DROPPED, DUE]


def test_withdraw_takes_many_records_with_two_statements(django_assert_num_queries):
    targets = UserFactory.create_batch(3)
    for target in targets:
        NotificationFactory(outbox_state=DUE, **about(target, "a"))

    with django_assert_num_queries(2):
        assert withdraw(*targets[:2], kinds=["a"]) == 2

    assert withdraw(kinds=["a"]) == 0


def test_withdraw_reaches_what_is_on_its_way():
    target = UserFactory()
    for state in ("due", "claimed", "sending"):
        message = NotificationFactory(
            outbox_state="routed", slot=state, **about(target, "a")
        )
        DeliveryFactory(notification=message, send_state=state)

    assert withdraw(target, kinds=["a"]) == 2

    states = Delivery.objects.order_by("pk").values_list("send_state", flat=True)
    assert list(states) == [DROPPED, DROPPED, "sending"]
