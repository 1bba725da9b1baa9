"""Registering, testing and removing the robot of a person's chat group."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.channels.base import Refused, Unavailable, Unclear
from accounts.channels.robots import post_to
from accounts.models import ChatRobot, User
from core import audit
from core.errors import RuleError

# The test is the one post that a person can ask for as often as they click.
TEST_PAUSE = timedelta(seconds=30)


class AddressTaken(RuleError):
    """Somebody else's robot; whose is not said."""


class NotPosted(RuleError):
    """The test message did not reach the group, or nobody knows."""


def robot_of(user: User) -> ChatRobot | None:
    """The robot a person has registered, or None; a removed one is none."""
    return ChatRobot.objects.filter(owner=user).exclude(url="").first()


def save_robot(
    *, owner: User, provider: str, name: str, url: str, secret: str, by: User
) -> ChatRobot:
    """Register the robot of a person, in the place of the one before.

    The address has been checked (robot_addresses.is_address). Raises AddressTaken when
    it is registered already.
    """
    values = {"provider": provider, "name": name, "url": url, "secret": secret}
    try:
        with transaction.atomic():
            robot, _is_new = ChatRobot.objects.update_or_create(
                owner=owner, defaults=values
            )
            audit.record("accounts.chat_robot_changed", target=robot, by=by)
    except IntegrityError:
        raise AddressTaken(
            _("这个地址不能登记，可能已在使用。请在群里另建一个机器人。")
        ) from None
    return robot


@transaction.atomic
def remove_robot(*, owner: User, by: User) -> None:
    """Forget address and secret; done before, nothing happens."""
    robot = ChatRobot.objects.select_for_update().filter(owner=owner).first()
    if robot is None or not robot.url:
        return
    robot.url = robot.secret = ""
    robot.save(update_fields=["url", "secret", "changed_at"])
    audit.record("accounts.chat_robot_removed", target=robot, by=by)


def send_test(*, owner: User, now: datetime) -> None:
    """Post a test message to the group, within the request.

    Raises NotPosted with what the owner can do, and for a second one within
    TEST_PAUSE.
    """
    robot = robot_of(owner)
    if robot is None:
        raise NotPosted(_("还没有登记群机器人。"))
    has_rested = models.Q(tested_at=None) | models.Q(tested_at__lte=now - TEST_PAUSE)
    if not ChatRobot.objects.filter(has_rested, pk=robot.pk).update(tested_at=now):
        raise NotPosted(_("刚刚测试过，请半分钟后再试。"))
    text = _("【%(portal)s】这是一条测试消息。看到它，说明群机器人登记成功。")
    try:
        post_to(robot, text % {"portal": settings.PORTAL_NAME}, now=now)
    except Unclear as error:
        reason = _("请看群里是否已收到；没有收到再重试。")
        raise NotPosted(f"{error}{reason}") from None
    except (Unavailable, Refused) as error:
        raise NotPosted(_("测试消息没有发出：%(error)s") % {"error": error}) from None
