"""The channels of the portal by their codes."""

from accounts.channels.base import Channel
from accounts.channels.mail import MailChannel

CHANNELS: dict[str, Channel] = {one.code: one for one in (MailChannel(),)}
