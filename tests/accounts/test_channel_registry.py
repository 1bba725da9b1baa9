"""Which channels there are, and what each takes."""

import pytest

from accounts.channels.registry import ready_channels, takes
from accounts.models import Channel
from accounts.notifications.kinds import Kind, Topic


def kind(**values):
    return Kind(code="x", label="x", topic=Topic.PORTAL, when="x", **values)


def test_ready_channels_without_settings_is_mail_alone(settings):
    settings.CHAT_ROBOTS = False

    assert list(ready_channels()) == [Channel.MAIL]


def test_ready_channels_with_all_settings_is_all(settings):
    settings.SMS_URL = settings.MESSAGE_FILE = "x"
    settings.CHAT_ROBOTS = True

    assert set(ready_channels()) == set(Channel.values)


@pytest.mark.parametrize(
    ("channel", "values", "answer"),
    [
        (Channel.ROBOT, {}, False),
        (Channel.ROBOT, {"for_groups": True}, True),
        (Channel.ROBOT, {"for_groups": True, "is_sent_out": False}, False),
        (Channel.SMS, {}, True),
        (Channel.MAIL, {"is_sent_out": False}, False),
    ],
)
def test_takes_keeps_what_is_personal_from_groups(channel, values, answer):
    assert takes(channel, kind(**values)) is answer
