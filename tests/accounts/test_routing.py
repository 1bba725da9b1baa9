"""What becomes of messages that are due: sent on, held, kept, dropped."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.channels.registry import CHANNELS
from accounts.models import (
    Channel,
    ChannelChoice,
    Delivery,
    KindSetting,
    Notification,
    QuietHours,
)
from accounts.notifications.kinds import KINDS
from accounts.notifications.routing import route_due
from tests.factories.accounts import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = NOON.replace(hour=23)
MORNING = NOON.replace(day=5, hour=8)
HOUR = timedelta(hours=1)


class Way:
    """A channel beside mail that is ready and reaches whom the test says."""

    def __init__(self, code, field):
        self.code = code
        self.field = field

    def is_ready(self):
        return True

    def address_of(self, user):
        return getattr(user, self.field) or ""


@pytest.fixture
def sms(monkeypatch):
    """An SMS gateway that is ready."""
    monkeypatch.setitem(CHANNELS, "sms", Way(Channel.SMS, "phone"))


@pytest.fixture
def file(monkeypatch):
    """The channel of development."""
    monkeypatch.setitem(CHANNELS, "file", Way(Channel.FILE, "username"))


def due(**values):
    return NotificationFactory(**{"outbox_state": "due", "due_at": NOON, **values})


def routed(message, now=NOON):
    """State and channels of the message after a run."""
    route_due(now=now)
    message.refresh_from_db()
    channels = message.deliveries.order_by("channel")
    return message.outbox_state, list(channels.values_list("channel", flat=True))


def choose(message, channel, is_on):
    ChannelChoice.objects.create(
        user=message.recipient, kind=message.kind, channel=channel, is_on=is_on
    )


def test_route_due_takes_mail_by_default():
    message = due()

    assert routed(message) == ("routed", ["mail"])

    assert message.counted_on == NOON.date()
    assert message.deliveries.get().due_at == NOON


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"due_at": NOON + timedelta(seconds=1)}, "due"),
        ({"expires_at": NOON}, "stale"),
        ({"expires_at": NOON + timedelta(seconds=1)}, "routed"),
        ({"kind": "nobody_registers_this"}, "routed"),
        ({"kind": "signup_made"}, "none"),
        ({"recipient__email": ""}, "none"),
        ({"recipient__is_active": False}, "dropped"),
        ({"kind": "urgent", "expires_at": NOON}, "routed"),
        ({"kind": "urgent", "recipient__is_active": False}, "dropped"),
    ],
    ids=lambda value: str(next(iter(value))) if isinstance(value, dict) else value,
)
def test_route_due_decides_by_what_the_message_is(values, outcome):
    state, channels = routed(due(**values))

    assert (state, len(channels)) == (outcome, int(outcome == "routed"))


def test_route_due_keeps_a_stale_message_in_the_inbox():
    message = due(expires_at=NOON)

    routed(message)

    assert message.is_shown


def test_route_due_keeps_what_the_office_switched_off_in_the_inbox():
    for kind in ("test", "urgent"):
        KindSetting.objects.create(kind=kind, is_on=False)
    plain, urgent = due(), due(kind="urgent")

    assert [routed(plain)[0], routed(urgent)[0]] == ["none", "routed"]


def test_route_due_drops_what_is_true_no_more(monkeypatch):
    asked = []

    def still_true(pairs, now):
        asked.append((set(pairs), now))
        return {(1, "")}

    kind = replace(KINDS["test"], still_true=still_true)
    monkeypatch.setitem(KINDS, "test", kind)
    holds, is_over = due(object_id=1), due(object_id=2)

    assert [routed(holds)[0], routed(is_over)[0]] == ["routed", "dropped"]

    assert asked == [({(1, ""), (2, "")}, NOON)]


@pytest.mark.usefixtures("sms")
@pytest.mark.parametrize(
    ("kind", "choices", "person", "channels"),
    [
        ("test", {}, {}, ["mail"]),
        ("test", {"sms": True}, {}, ["mail", "sms"]),
        ("test", {"mail": False, "sms": True}, {}, ["sms"]),
        ("test", {"mail": False}, {}, []),
        ("test", {"sms": True}, {"phone": None}, ["mail"]),
        ("test", {"robot": True}, {}, ["mail"]),
        ("urgent", {"mail": False, "sms": True}, {}, ["mail"]),
        ("urgent", {}, {"email": ""}, ["sms"]),
        ("urgent", {}, {"email": "", "phone": None}, []),
    ],
    ids=[
        "defaults",
        "one more",
        "another",
        "none",
        "no number",
        "not ready",
        "must arrive whatever is chosen",
        "must arrive by the second way",
        "must arrive, no way",
    ],
)
def test_route_due_takes_the_chosen_channels_that_reach(
    kind, choices, person, channels
):
    user = UserFactory(**{"phone": "+8613800138000", **person})
    message = due(kind=kind, recipient=user)
    for channel, is_on in choices.items():
        choose(message, channel, is_on)

    assert routed(message) == ("routed" if channels else "none", channels)


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("kind", ["test", "urgent"])
def test_route_due_writes_all_to_the_file_of_development(kind):
    message = due(kind=kind)
    choose(message, "file", is_on=False)

    assert routed(message) == ("routed", ["file", "mail"])


@pytest.mark.parametrize("kind", ["test", "urgent"])
@pytest.mark.parametrize("expires_at", [None, MORNING + HOUR], ids=["no end", "end"])
def test_route_due_holds_a_message_until_quiet_hours_end(kind, expires_at):
    message = due(kind=kind, expires_at=expires_at)

    assert routed(message, NIGHT) == ("due", [])
    assert message.due_at == MORNING
    assert message.is_shown

    assert routed(message, MORNING - timedelta(seconds=1)) == ("due", [])
    assert routed(message, MORNING) == ("routed", ["mail"])


@pytest.mark.parametrize("kind", ["test", "urgent"])
def test_route_due_sends_at_night_what_cannot_wait(kind):
    message = due(kind=kind, expires_at=MORNING)

    assert routed(message, NIGHT) == ("routed", ["mail"])


def test_route_due_holds_at_night_what_is_too_late_already():
    message = due(kind="urgent", expires_at=NIGHT)

    assert routed(message, NIGHT) == ("due", [])
    assert routed(message, MORNING) == ("routed", ["mail"])


def test_route_due_asks_all_again_after_quiet_hours():
    message = due()
    routed(message, NIGHT)
    choose(message, "mail", is_on=False)

    assert routed(message, MORNING) == ("none", [])


def test_route_due_holds_each_by_the_persons_own_hours():
    own, never, usual = due(), due(), due()
    QuietHours.objects.create(user=own.recipient, until_time=time(6, 30))
    QuietHours.objects.create(user=never.recipient, is_on=False)

    states = [routed(message, NIGHT)[0] for message in (own, never, usual)]

    assert states == ["due", "routed", "due"]
    assert [own.due_at, usual.due_at] == [MORNING.replace(hour=6, minute=30), MORNING]


def test_route_due_again_adds_nothing():
    message = due()
    routed(message)
    Notification.objects.update(outbox_state="due")

    assert routed(message) == ("routed", ["mail"])

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_route_due_asks_a_fixed_number_of_queries(count, django_assert_num_queries):
    # Held, counted, folded, switched off: each kind of outcome, for as many people.
    KindSetting.objects.create(kind="a", is_on=False)
    for _person in range(count):
        user = UserFactory()
        NotificationFactory.create_batch(
            4, recipient=user, outbox_state="due", due_at=NOON
        )
        due(recipient=user, kind="a")
        due(recipient=user, expires_at=NOON)
        quiet = due().recipient
        QuietHours.objects.create(
            user=quiet, from_time=time(11), until_time=time(13, count)
        )

    with django_assert_num_queries(24):
        route_due(now=NOON)

    states = sorted(Notification.objects.values_list("outbox_state", flat=True))
    one_person = ["due"] * 2 + ["folded", "none"] + ["routed"] * 3 + ["stale"]
    assert states == sorted(one_person * count)
