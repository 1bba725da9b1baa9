"""Robots of chat groups: WeCom, DingTalk, Feishu webhooks.

Each takes a JSON POST and answers with a code, 0 for taken. None knows a message
twice, so a lost answer stays unclear: a person decides. A group reads it all:
messages that name a private person are not sent (`Kind.for_groups`).

Sources: "群机器人配置说明" (developer.work.weixin.qq.com, 91770), "自定义机器人接入"
(open.dingtalk.com), "自定义机器人使用指南" (open.feishu.cn).
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.channels.base import Busy, Envelope, Refused, Unavailable, Unclear
from accounts.channels.http import NoConnection, Rejected, Timeouts, post_json
from accounts.channels.robot_addresses import is_address, is_public
from accounts.models import Channel as Code
from accounts.models import ChatRobot, Delivery, User
from accounts.notifications.kinds import KINDS

Provider = ChatRobot.Provider
SendState = Delivery.SendState

# WeCom and DingTalk take 20 a minute, Feishu 100. Two are left for test messages.
MOST_A_MINUTE = 18
MINUTE = timedelta(minutes=1)
# WeCom takes 2048 bytes of text, the others more.
MOST_BYTES = 1800

# Too many at once: how long until the robot listens again.
BUSY = {
    Provider.WECOM: {45009: MINUTE, 45033: MINUTE, -1: MINUTE},
    # Whoever exceeds 20 a minute is shut out for ten.
    Provider.DINGTALK: {
        130101: timedelta(minutes=10),
        410100: timedelta(minutes=10),
        90030: timedelta(minutes=10),
        660026: timedelta(minutes=10),
        -1: MINUTE,
    },
    Provider.FEISHU: {11232: MINUTE, 99991400: MINUTE},
}

_GONE = gettext_lazy("机器人已不存在或已停用，请在群里重新添加并更新地址。")
_SIGN = gettext_lazy("签名不符，请核对加签密钥。")
_SAFETY = gettext_lazy("未通过群机器人的安全设置，请核对加签密钥、关键词和 IP 名单。")
_KEYWORD = gettext_lazy("消息不含群机器人设置的关键词，请改用加签。")
_IP = gettext_lazy("群机器人的 IP 名单中没有平台服务器。")
# What only the owner of the robot can set right.
REASONS = {
    Provider.WECOM: {93000: _GONE, 93004: _GONE, 93008: _GONE},
    Provider.DINGTALK: {
        300005: _GONE,
        400013: _GONE,
        400101: _GONE,
        400102: _GONE,
        400106: _GONE,
        310000: _SAFETY,
    },
    Provider.FEISHU: {19001: _GONE, 19021: _SIGN, 19022: _IP, 19024: _KEYWORD},
}


class RobotChannel:
    """The robot that a person has registered for their group."""

    code = Code.ROBOT

    def is_ready(self) -> bool:
        return settings.CHAT_ROBOTS

    def address_of(self, user: User) -> str:
        robot = _robot_of(user)
        return robot.url if robot and user.is_active else ""

    @contextmanager
    def open(self) -> Iterator["RobotConnection"]:
        yield RobotConnection()


class RobotConnection:
    """The robots of one run. Each message is a request of its own."""

    def __init__(self, timeouts: Timeouts | None = None) -> None:
        self.timeouts = timeouts
        self.silent: set[str] = set()

    def send(self, envelope: Envelope) -> None:
        kind = KINDS.get(envelope.kind)
        if kind is None or not kind.for_groups:
            raise Refused(_("这类消息不发到群里。"))
        robot = _robot_of(envelope.user)
        if robot is None or not robot.url:
            raise Refused(_("没有登记群机器人。"))
        now = timezone.now()
        if _posted_lately(envelope.user, now) > MOST_A_MINUTE:
            raise Busy(_("这个机器人一分钟内的消息已满。"), wait=MINUTE)
        if robot.provider in self.silent:
            raise Unavailable(_("连接不上对方服务器。"))
        try:
            post_to(robot, text_of(envelope), now=now, timeouts=self.timeouts)
        except NoConnection:
            # The others of this provider would wait as long, one after the other.
            self.silent.add(robot.provider)
            raise


def post_to(
    robot: ChatRobot, text: str, *, now: datetime, timeouts: Timeouts | None = None
) -> None:
    """Post a text to the group. Raises Unavailable, Refused or Unclear."""
    if not is_address(robot.provider, robot.url):
        raise Refused(_("机器人地址不在允许的范围内，请重新登记。"))
    url, values = _request(robot, text, now)
    try:
        answer = post_json(
            url, values, public_only=is_public(robot.provider), timeouts=timeouts
        )
    except Rejected as error:
        # Some refuse by the status and tell why by the code.
        if not _code_in(robot.provider, error.answer):
            raise
        answer = error.answer
    _judge(robot.provider, answer)


def text_of(envelope: Envelope) -> str:
    """Title, text and link; the text gives way."""
    tail = f"\n{envelope.url}" if envelope.url else ""
    head = f"【{settings.PORTAL_NAME}】{envelope.title}\n"
    room = MOST_BYTES - len(f"{head}{tail}".encode())
    body = envelope.body.encode()
    if len(body) > room:
        body = body[: max(room - 3, 0)].decode(errors="ignore").encode() + "…".encode()
    return head + body.decode() + tail


def _robot_of(user: User) -> ChatRobot | None:
    try:
        return user.chat_robot
    except ChatRobot.DoesNotExist:
        return None


def _posted_lately(user: User, now: datetime) -> int:
    """Posts of the last minute with the one that has just begun."""
    since = now - MINUTE
    return Delivery.objects.filter(
        Q(send_state=SendState.SENT, sent_at__gt=since)
        | Q(send_state=SendState.SENDING, started_at__gt=since),
        channel=Code.ROBOT,
        notification__recipient=user,
    ).count()


def _request(robot: ChatRobot, text: str, now: datetime) -> tuple[str, dict]:
    """Address and body in the provider's form, signed where there is a secret."""
    if robot.provider == Provider.FEISHU:
        values = {"msg_type": "text", "content": {"text": text}}
        if robot.secret:
            moment = str(int(now.timestamp()))
            sign = _signature(f"{moment}\n{robot.secret}", "")
            values = {"timestamp": moment, "sign": sign, **values}
        return robot.url, values
    values = {"msgtype": "text", "text": {"content": text}}
    if robot.provider == Provider.DINGTALK and robot.secret:
        moment = str(int(now.timestamp() * 1000))
        sign = quote(_signature(robot.secret, f"{moment}\n{robot.secret}"), safe="")
        return f"{robot.url}&timestamp={moment}&sign={sign}", values
    return robot.url, values


def _signature(key: str, message: str) -> str:
    digest = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _code_in(provider: str, answer: dict) -> int | None:
    code = answer.get("code" if provider == Provider.FEISHU else "errcode")
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _judge(provider: str, answer: dict) -> None:
    """What the provider's code says. Only 0 is taken."""
    code = _code_in(provider, answer)
    if code is None:
        raise Unclear(_("已发出，但看不懂对方服务器的答复。"))
    if code == 0:
        return
    if wait := BUSY[provider].get(code):
        raise Unavailable(
            _("发得太快，对方要求稍候（%(code)s）。") % {"code": code}, wait=wait
        )
    reason = REASONS[provider].get(code, _("群机器人拒收。"))
    raise Refused(_("%(reason)s（错误码 %(code)s）") % {"reason": reason, "code": code})
