"""Posting to chat groups."""

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from accounts.channels.base import Busy, Envelope, Refused, Unavailable, Unclear
from accounts.channels.http import Timeouts
from accounts.channels.robots import (
    MOST_A_MINUTE,
    RobotChannel,
    RobotConnection,
    text_of,
)
from accounts.models import Channel, ChatRobot, Delivery
from tests.accounts.http_servers import free_port, hangs_up, http_server, says
from tests.factories.accounts import DeliveryFactory, UserFactory

SHORT = Timeouts(connect=0.3, answer=0.3)
SECRET = "SEC8341+/="
PATHS = {
    "wecom": "/cgi-bin/webhook/send?key=693a91f6-7aoc-4bc4",
    "dingtalk": "/robot/send?access_token=0c23f00d0c23f00d",
    "feishu": "/open-apis/bot/v2/hook/b7c1d2e3-4f5a",
}
TAKEN = {"wecom": {"errcode": 0}, "dingtalk": {"errcode": 0}, "feishu": {"code": 0}}

pytestmark = pytest.mark.django_db


def robot(provider, origin, settings, secret=""):
    settings.ROBOT_HOSTS = {**settings.ROBOT_HOSTS, provider: origin}
    return ChatRobot(
        owner=UserFactory(),
        provider=provider,
        url=f"{origin}{PATHS[provider]}",
        secret=secret,
    )


def envelope(chat_robot, **values):
    chat_robot.save()
    texts = {"kind": "group", "title": "吹哨超时", "body": "请尽快办理。"}
    return Envelope(key="k", user=chat_robot.owner, **texts | values)


def send(chat_robot, **values):
    RobotConnection(SHORT).send(envelope(chat_robot, **values))


@pytest.mark.parametrize("provider", PATHS)
def test_robot_posts_title_body_and_link(settings, provider):
    settings.PORTAL_NAME = "示例平台"

    with http_server(says(TAKEN[provider])) as server:
        send(robot(provider, server.origin, settings), url="https://portal.example/w/1")

    [request] = server.requests
    text = "【示例平台】吹哨超时\n请尽快办理。\nhttps://portal.example/w/1"
    assert request.path == PATHS[provider]
    assert request.values == (
        {"msg_type": "text", "content": {"text": text}}
        if provider == "feishu"
        else {"msgtype": "text", "text": {"content": text}}
    )


def test_dingtalk_robot_signs_in_the_query(settings):
    with http_server(says({"errcode": 0})) as server:
        send(robot("dingtalk", server.origin, settings, SECRET))

    query = parse_qs(urlsplit(server.requests[0].path).query)
    moment = query["timestamp"][0]
    digest = hmac.new(SECRET.encode(), f"{moment}\n{SECRET}".encode(), hashlib.sha256)
    assert query["sign"] == [base64.b64encode(digest.digest()).decode()]
    assert len(moment) == 13


def test_feishu_robot_signs_in_the_body(settings):
    with http_server(says({"code": 0})) as server:
        send(robot("feishu", server.origin, settings, SECRET))

    values = server.requests[0].values
    key = f"{values['timestamp']}\n{SECRET}".encode()
    digest = hmac.new(key, b"", hashlib.sha256).digest()
    assert values["sign"] == base64.b64encode(digest).decode()
    assert len(values["timestamp"]) == 10


@pytest.mark.parametrize(
    ("provider", "answer", "error", "words"),
    [
        ("wecom", {"errcode": 93000}, Refused, "重新添加"),
        ("wecom", {"errcode": 45009}, Unavailable, "稍候"),
        ("wecom", {"errcode": 99}, Refused, "错误码 99"),
        ("wecom", {"errcode": "0"}, Unclear, "看不懂"),
        ("wecom", {"code": 0}, Unclear, "看不懂"),
        ("dingtalk", {"errcode": 310000}, Refused, "加签密钥"),
        ("dingtalk", {"errcode": 130101}, Unavailable, "稍候"),
        ("feishu", {"code": 19021}, Refused, "加签密钥"),
        ("feishu", {"code": 19024}, Refused, "关键词"),
        ("feishu", {"code": 11232}, Unavailable, "稍候"),
        ("feishu", {"code": False}, Unclear, "看不懂"),
    ],
)
def test_robot_answering_a_code_says_what_it_means(
    settings, provider, answer, error, words
):
    with (
        http_server(says(answer)) as server,
        pytest.raises(error, match=words) as caught,
    ):
        send(robot(provider, server.origin, settings))

    assert PATHS[provider][-10:] not in str(caught.value)
    assert (error is Unavailable) == bool(getattr(caught.value, "wait", None))


def test_robot_refusing_by_status_tells_why_by_the_code(settings):
    way = says({"code": 19021}, status=400)

    with http_server(way) as server, pytest.raises(Refused, match="加签密钥"):
        send(robot("feishu", server.origin, settings))


def test_robot_losing_the_answer_leaves_it_unclear(settings):
    with http_server(hangs_up) as server, pytest.raises(Unclear):
        send(robot("wecom", server.origin, settings))


def test_robot_is_sent_nothing_personal(settings):
    with http_server() as server, pytest.raises(Refused):
        send(robot("wecom", server.origin, settings), kind="test")

    assert server.connections == 0


def test_robot_whose_address_the_settings_do_not_name_is_refused(settings):
    with http_server() as server:
        lost = robot("wecom", server.origin, settings)
        settings.ROBOT_HOSTS = {"wecom": "https://qyapi.weixin.qq.com"}
        with pytest.raises(Refused, match="允许的范围"):
            send(lost)

    assert server.connections == 0


def test_robots_of_a_silent_provider_are_asked_once_a_run(settings):
    origin = f"http://127.0.0.1:{free_port()}"
    message = envelope(robot("wecom", origin, settings))
    line = RobotConnection(SHORT)
    with pytest.raises(Unavailable):
        line.send(message)

    with http_server(says({"errcode": 0})) as server:
        settings.ROBOT_HOSTS = {"wecom": server.origin}
        ChatRobot.objects.update(url=f"{server.origin}{PATHS['wecom']}")
        message.user.chat_robot.refresh_from_db()
        with pytest.raises(Unavailable):
            line.send(message)

    assert server.connections == 0


def robot_after_posts(settings, origin, count, ago):
    busy = robot("wecom", origin, settings)
    for _n in range(count):
        DeliveryFactory(
            notification__recipient=busy.owner,
            channel=Channel.ROBOT,
            send_state=Delivery.SendState.SENT,
            sent_at=timezone.now() - ago,
        )
    return busy


def test_robot_with_full_minute_waits_without_a_post(settings):
    with http_server() as server:
        busy = robot_after_posts(
            settings, server.origin, MOST_A_MINUTE + 1, timedelta(seconds=50)
        )
        with pytest.raises(Busy) as caught:
            send(busy)

    assert caught.value.wait == timedelta(minutes=1)
    assert server.connections == 0


def test_robot_a_minute_later_posts_again(settings):
    with http_server(says({"errcode": 0})) as server:
        send(
            robot_after_posts(
                settings, server.origin, MOST_A_MINUTE + 1, timedelta(seconds=61)
            )
        )

    assert len(server.requests) == 1


def test_robot_reaches_active_owners_alone(settings):
    used = robot("wecom", "http://127.0.0.1:1", settings)
    used.save()

    assert RobotChannel().address_of(used.owner) == used.url
    assert RobotChannel().address_of(UserFactory()) == ""
    used.owner.is_active = False
    assert RobotChannel().address_of(used.owner) == ""


def test_text_for_robot_is_cut_within_its_bytes():
    long = Envelope(
        key="k",
        kind="a",
        user=None,
        title="标题",
        body="长" * 2000,
        url="https://x.y/1",
    )

    text = text_of(long)

    assert 1790 < len(text.encode()) <= 1800
    assert text.endswith("长…\nhttps://x.y/1")
