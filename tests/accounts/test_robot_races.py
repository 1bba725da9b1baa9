"""Two people with one robot, two clicks on one button."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ChatRobot
from accounts.notifications.chat_robots import (
    AddressTaken,
    NotPosted,
    save_robot,
    send_test,
)
from tests.accounts.http_servers import http_server, says
from tests.factories.accounts import UserFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
URL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6"


def save(owner, name="群"):
    values = {"provider": "wecom", "name": name, "url": URL, "secret": ""}
    return save_robot(owner=owner, by=owner, **values)


def test_two_people_registering_one_robot_leave_it_to_the_first():
    first, second = UserFactory(), UserFactory()

    with before_commit_of(lambda: save(first)) as start:
        other = start(lambda: save(second))

    with pytest.raises(AddressTaken):
        other.result()
    assert ChatRobot.objects.get().owner == first


def test_two_clicks_on_save_make_one_robot():
    owner = UserFactory()

    with before_commit_of(lambda: save(owner, "甲")) as start:
        other = start(lambda: save(owner, "乙"))

    other.result()
    assert ChatRobot.objects.get().name == "乙"


def test_two_clicks_on_test_post_once(settings):
    owner = UserFactory()
    with http_server(says({"errcode": 0})) as server:
        settings.ROBOT_HOSTS = {"wecom": server.origin}
        url = URL.replace("https://qyapi.weixin.qq.com", server.origin)
        ChatRobot.objects.create(owner=owner, provider="wecom", url=url)
        now = timezone.now()
        with before_commit_of(lambda: send_test(owner=owner, now=now)) as start:
            later = now + timedelta(seconds=1)
            other = start(lambda: send_test(owner=owner, now=later))

    with pytest.raises(NotPosted):
        other.result()
    assert len(server.requests) == 1
