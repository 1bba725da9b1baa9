"""The channels of the portal by their codes."""

from accounts.channels.base import Channel
from accounts.channels.file import FileChannel
from accounts.channels.mail import MailChannel
from accounts.channels.robots import RobotChannel
from accounts.channels.sms import SmsChannel
from accounts.models import Channel as Code
from accounts.notifications.kinds import Kind

CHANNELS: dict[str, Channel] = {
    one.code: one
    for one in (MailChannel(), SmsChannel(), RobotChannel(), FileChannel())
}


def ready_channels() -> dict[str, Channel]:
    """The channels whose settings are there, by their codes."""
    return {code: one for code, one in CHANNELS.items() if one.is_ready()}


def takes(channel: str, kind: Kind) -> bool:
    """Whether messages of the kind may go out on the channel.

    A group of people reads what a robot posts: nothing that names a private person.
    """
    return kind.is_sent_out and (channel != Code.ROBOT or kind.for_groups)


def takes_by_default(channel: str, kind: Kind) -> bool:
    """Whether a person who has chosen nothing gets the kind by the channel.

    Whoever registers a robot wants the group to read what it may.
    """
    return takes(channel, kind) and (channel in kind.channels or channel == Code.ROBOT)
