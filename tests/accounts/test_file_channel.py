"""The file of messages for development."""

import json
import stat

import pytest

from accounts.channels.base import Envelope, Unreachable
from accounts.channels.file import FileChannel
from accounts.models import User


def send(title):
    user = User(username="u1", phone="+8613800138000")
    with FileChannel().open() as line:
        line.send(Envelope(key="k", kind="test", user=user, title=title, body="乙\n丙"))


def test_file_takes_a_line_a_message_for_its_owner_alone(settings, tmp_path):
    settings.MESSAGE_FILE = str(tmp_path / "messages.log")

    send("甲")
    send("丁")

    path = tmp_path / "messages.log"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["title"] for line in lines] == ["甲", "丁"]
    assert (lines[0]["to"], lines[0]["body"]) == ("u1", "乙\n丙")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", [".", "none/messages.log", "link"])
def test_file_that_cannot_be_written_is_unreachable(settings, tmp_path, name):
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    settings.MESSAGE_FILE = str(tmp_path / name)

    with pytest.raises(Unreachable):
        send("甲")

    assert not (tmp_path / "elsewhere").exists()
