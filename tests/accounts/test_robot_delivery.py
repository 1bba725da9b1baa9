"""Messages on their way to a chat group: routed, held back, sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.channels.robots import MOST_A_MINUTE
from accounts.models import Channel, ChannelChoice, ChatRobot, Delivery
from accounts.notifications.routing import route_due
from accounts.notifications.sending import send_due
from tests.accounts.http_servers import http_server, says
from tests.factories.accounts import DeliveryFactory, NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=4, minute=0)
State = Delivery.SendState


@pytest.fixture
def group(settings):
    """A server of robots, and a person with a robot there."""
    settings.CHAT_ROBOTS = True
    with http_server(says({"errcode": 0})) as server:
        settings.ROBOT_HOSTS = {"wecom": server.origin}
        server.owner = UserFactory()
        url = f"{server.origin}/cgi-bin/webhook/send?key=693a91f6-7aoc"
        ChatRobot.objects.create(owner=server.owner, provider="wecom", url=url)
        yield server


@pytest.mark.parametrize(
    ("kind", "chosen", "channels"),
    [
        ("group", None, ["mail", "robot"]),
        ("group", False, ["mail"]),
        ("test", None, ["mail"]),
        ("test", True, ["mail"]),
    ],
)
def test_route_due_gives_groups_what_names_no_person(group, kind, chosen, channels):
    if chosen is not None:
        ChannelChoice.objects.create(
            user=group.owner, kind=kind, channel=Channel.ROBOT, is_on=chosen
        )
    NotificationFactory(
        recipient=group.owner, kind=kind, due_at=NOON, outbox_state="due"
    )

    route_due(now=NOON)

    rows = Delivery.objects.order_by("channel")
    assert list(rows.values_list("channel", flat=True)) == channels


def test_send_due_beyond_the_minute_waits_without_counting_a_try(group):
    DeliveryFactory.create_batch(
        MOST_A_MINUTE + 2,
        channel=Channel.ROBOT,
        notification__recipient=group.owner,
        notification__kind="group",
    )
    now = timezone.now()

    assert send_due(Channel.ROBOT, now=now) == MOST_A_MINUTE

    assert len(group.requests) == MOST_A_MINUTE
    waiting = Delivery.objects.filter(send_state=State.DUE)
    assert set(waiting.values_list("attempts", flat=True)) == {0}
    assert all(row.due_at >= now + timedelta(minutes=1) for row in waiting)


def test_send_due_a_minute_later_posts_what_waited(group, time_machine):
    test_send_due_beyond_the_minute_waits_without_counting_a_try(group)
    later = timezone.now() + timedelta(seconds=61)
    time_machine.move_to(later, tick=False)

    assert send_due(Channel.ROBOT, now=later) == 2

    assert not Delivery.objects.exclude(send_state=State.SENT).exists()
