"""What an organiser writes to those signed up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.organising import ShiftMessageFactory
from tests.factories.volunteers import ShiftFactory, SignupFactory
from volunteers.actions import ShiftRefused, send_shift_message
from volunteers.models import ShiftMessage, Signup

pytestmark = pytest.mark.django_db
State = Signup.State


@pytest.fixture
def shift():
    """A shift with one sure, one offered, one waiting and one gone."""
    shift, now = ShiftFactory(), timezone.now()
    SignupFactory(shift=shift)
    SignupFactory(
        shift=shift,
        state=State.OFFERED,
        offered_at=now,
        offer_ends_at=now + timedelta(hours=9),
    )
    SignupFactory(shift=shift, state=State.WAITLISTED)
    SignupFactory(shift=shift, state=State.CANCELLED)
    return shift


def send(shift, text="请带雨衣。", **values):
    return send_shift_message(
        **{
            "shift": shift,
            "text": text,
            "to_waiting": False,
            "by": UserFactory(),
            "now": timezone.now(),
            **values,
        }
    )


@pytest.mark.parametrize(
    ("to_waiting", "states"),
    [
        pytest.param(False, [State.CONFIRMED, State.OFFERED], id="places"),
        pytest.param(True, Signup.LIVE_STATES, id="those who wait too"),
    ],
)
def test_send_shift_message_reaches_whom_it_is_for(to_waiting, states, shift):
    message = send(shift, to_waiting=to_waiting)

    told = Notification.objects.filter(kind="shift_message")
    wanted = shift.signups.filter(state__in=states)
    assert set(told.values_list("recipient", "body", "outbox_state")) == {
        (user, "请带雨衣。", "due")
        for user in wanted.values_list("volunteer__user", flat=True)
    }
    assert message.recipient_count == len(states)


def test_send_shift_message_twice_by_a_double_click_is_refused(shift):
    send(shift)

    with pytest.raises(ShiftRefused, match="刚刚已发送"):
        send(shift)

    assert ShiftMessage.objects.count() == 1


def test_send_shift_message_beyond_the_most_a_day_is_refused(shift):
    ShiftMessageFactory.create_batch(5, shift=shift)

    with pytest.raises(ShiftRefused, match="一天最多发 5 条"):
        send(shift)

    send(shift, now=timezone.now() + timedelta(days=1))


def test_send_shift_message_to_nobody_is_refused():
    with pytest.raises(ShiftRefused, match="没有可以通知的人"):
        send(ShiftFactory())


def test_send_shift_message_about_a_cancelled_shift_is_refused(shift):
    shift.state = "cancelled"
    shift.save()

    with pytest.raises(ShiftRefused, match="已取消或已结算"):
        send(shift)
