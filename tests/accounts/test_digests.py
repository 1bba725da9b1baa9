"""At most three messages a day one by one; the rest together."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factory import Sequence

from accounts.models import ChannelChoice, Delivery, KindSetting, Notification
from accounts.notifications import withdraw
from accounts.notifications.digests import compose, compose_all
from accounts.notifications.kinds import KINDS
from accounts.notifications.routing import route_due
from tests.factories.accounts import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
EVENING = NOON.replace(hour=18)
NEXT = EVENING + timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def reader(db):
    """Who gets the messages."""
    return UserFactory()


def say(reader, now, count=1, **values):
    """Messages that are due and routed now."""
    values = {"recipient": reader, "outbox_state": "due", "due_at": now, **values}
    said = NotificationFactory.create_batch(count, **values)
    route_due(now=now)
    for message in said:
        message.refresh_from_db()
    return said if count > 1 else said[0]


def states(messages):
    return [message.outbox_state for message in messages]


def digests():
    rows = Notification.objects.filter(kind="digest").order_by("pk")
    return list(rows.values_list("slot", "outbox_state", "due_at"))


def test_route_due_folds_what_comes_after_three(reader):
    said = say(reader, NOON, 5)

    assert states(said) == ["routed"] * 3 + ["folded"] * 2
    digest = Notification.objects.get(kind="digest")
    assert {message.digest_id for message in said[3:]} == {digest.pk}
    assert digests() == [("2026-05-04", "due", EVENING)]
    assert list(Notification.objects.visible_to(reader).order_by("pk")) == said


def test_route_due_counts_each_person_alone(reader):
    say(reader, NOON, 3)

    assert say(UserFactory(), NOON).outbox_state == "routed"


def test_route_due_counts_by_the_day_of_beijing(reader):
    midnight = NOON.replace(day=5, hour=0)
    pressing = {"expires_at": midnight + HOUR}
    before = say(reader, midnight - timedelta(seconds=1), 3, **pressing)

    after = say(reader, midnight, 3, **pressing)

    assert states(before) + states(after) == ["routed"] * 6
    assert before[0].counted_on.day == 4
    assert after[0].counted_on.day == 5


def test_route_due_neither_counts_nor_folds_what_must_arrive(reader):
    say(reader, NOON, 4, kind="urgent")
    plain = say(reader, NOON, 4)

    assert states(plain) == ["routed"] * 3 + ["folded"]
    assert say(reader, NOON, kind="urgent").outbox_state == "routed"


def test_route_due_keeps_to_the_limit_of_the_settings(reader, settings):
    settings.DAILY_MESSAGES = 1

    assert states(say(reader, NOON, 2)) == ["routed", "folded"]


def test_route_due_sends_the_digest_at_its_time(reader):
    say(reader, NOON, 5)

    route_due(now=EVENING)

    digest = Notification.objects.get(kind="digest")
    assert (digest.outbox_state, digest.counted_on) == ("routed", None)
    assert [one.channel for one in digest.deliveries.all()] == ["mail"]


def test_route_due_folds_into_the_next_digest_when_one_has_left(reader):
    say(reader, NOON, 4)
    route_due(now=EVENING)

    say(reader, EVENING + HOUR, 2)

    assert digests() == [
        ("2026-05-04", "routed", EVENING),
        ("2026-05-05", "due", NEXT),
    ]


def test_route_due_sends_a_digest_at_once_for_what_cannot_wait(reader):
    say(reader, NOON, 4)

    pressing = say(reader, NOON + HOUR, expires_at=EVENING)
    later = say(reader, NOON + 2 * HOUR)

    assert digests() == [
        ("2026-05-04", "routed", NOON + HOUR),
        ("2026-05-04-2", "due", EVENING),
    ]
    assert pressing.outbox_state == "folded"
    assert later.digest.slot == "2026-05-04-2"


def test_route_due_sends_a_digest_at_night_for_what_cannot_wait(reader):
    night = NOON.replace(hour=22)
    say(reader, NOON, 3)

    say(reader, night, expires_at=night + HOUR)

    assert digests() == [("2026-05-05", "routed", night)]


def test_route_due_holds_a_digest_in_quiet_hours(reader, settings):
    settings.DIGEST_AT = NOON.replace(hour=21).time()
    say(reader, NOON, 4)

    route_due(now=NOON.replace(hour=21))

    assert digests() == [("2026-05-04", "due", NOON.replace(day=5, hour=8))]


def test_route_due_drops_a_digest_nobody_wants(reader):
    ChannelChoice.objects.create(
        user=reader, kind="digest", channel="mail", is_on=False
    )
    say(reader, NOON, 4)

    route_due(now=EVENING)

    assert digests() == [("2026-05-04", "dropped", EVENING)]


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2028, 2, 28, 19), "2028-02-29"),
        (datetime(2028, 2, 29, 19), "2028-03-01"),
        (datetime(2027, 2, 28, 19), "2027-03-01"),
        (datetime(2026, 12, 31, 19), "2027-01-01"),
        (datetime(2026, 12, 31, 17, 59, 59), "2026-12-31"),
        (datetime(2026, 12, 31, 18), "2027-01-01"),
    ],
    ids=str,
)
def test_route_due_names_a_digest_by_its_day(now, slot, reader):
    say(reader, now.replace(tzinfo=NOON.tzinfo), 4)

    assert [digest[0] for digest in digests()] == [slot]


def folded(reader):
    say(reader, NOON, 3)
    say(reader, NOON, title="一", path="/shifts/1/", object_id=1)
    say(reader, NOON, title="二", object_id=2, expires_at=EVENING + HOUR)
    return Notification.objects.get(kind="digest")


def test_compose_lists_titles_with_their_links(reader, settings):
    title, body = compose(folded(reader), EVENING)

    assert title == "消息汇总：2 条"
    assert f"1. 一\n{settings.SITE_URL}/shifts/1/\n\n2. 二" in body


def test_compose_leaves_out_what_has_expired(reader):
    title, body = compose(folded(reader), EVENING + HOUR)

    assert (title, "二" in body) == ("消息汇总：1 条", False)


def test_compose_leaves_out_what_is_true_no_more(reader, monkeypatch):
    digest = folded(reader)
    kind = replace(KINDS["test"], still_true=lambda pairs, now: {(2, "")} & set(pairs))
    monkeypatch.setitem(KINDS, "test", kind)

    title, body = compose(digest, EVENING)

    assert (title, "一" in body) == ("消息汇总：1 条", False)


def test_withdraw_takes_a_message_out_of_a_digest_that_waits(reader):
    target = UserFactory()
    about = {"object_type": "accounts.User", "object_id": target.pk}
    digest = say(reader, NOON, 4, **{**about, "slot": Sequence(str)})[3].digest

    withdrawn = [withdraw(target, kinds=["test"]) for _again in range(2)]

    assert withdrawn == [4, 0]
    assert compose(digest, EVENING) is None


def test_withdraw_leaves_what_went_out_in_a_digest(reader):
    message = say(reader, NOON, 4)[3]
    route_due(now=EVENING)
    Delivery.objects.update(send_state="sent")
    Notification.objects.filter(pk=message.pk).update(object_id=reader.pk)

    assert withdraw(reader, kinds=["test"]) == 0
    message.refresh_from_db()

    assert message.outbox_state == "folded"


def test_compose_of_nothing_that_holds_is_none(reader):
    digest = folded(reader)
    KindSetting.objects.create(kind="test", is_on=False)

    assert compose(digest, EVENING) is None


def test_compose_names_no_more_than_thirty(reader):
    say(reader, NOON, 3)
    say(reader, NOON, 32, title="长" * 120)

    title, body = compose(Notification.objects.get(kind="digest"), EVENING)

    assert (title, body.count("长" * 120)) == ("消息汇总：32 条", 30)
    assert "另有 2 条" in body


@pytest.mark.parametrize("count", [1, 3])
def test_compose_all_asks_a_fixed_number_of_queries(count, django_assert_num_queries):
    for _person in range(count):
        say(UserFactory(), NOON, 5)
    waiting = list(Notification.objects.filter(kind="digest"))

    with django_assert_num_queries(1):
        words = compose_all(waiting, EVENING)

    assert [title for title, _body in words.values()] == ["消息汇总：2 条"] * count
