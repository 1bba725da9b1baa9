"""A file, for development: one line of JSON a message."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.channels.base import Envelope, Unreachable
from accounts.models import Channel as Code
from accounts.models import User

FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW


class FileChannel:
    """Whatever goes to anybody, read by whoever develops."""

    code = Code.FILE

    def is_ready(self) -> bool:
        return bool(settings.MESSAGE_FILE)

    def address_of(self, user: User) -> str:
        return user.username

    @contextmanager
    def open(self) -> Iterator["FileConnection"]:
        try:
            handle = os.open(settings.MESSAGE_FILE, FLAGS, 0o600)
        except OSError as error:
            raise Unreachable(_opening_failed(error)) from None
        try:
            yield FileConnection(handle)
        finally:
            os.close(handle)


class FileConnection:
    """The open file. One write a line, so that lines of two workers never mix."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def send(self, envelope: Envelope) -> None:
        line = {
            "at": timezone.localtime().isoformat(timespec="seconds"),
            "key": envelope.key,
            "kind": envelope.kind,
            "to": envelope.user.username,
            "title": envelope.title,
            "body": envelope.body,
            "url": envelope.url,
        }
        try:
            text = json.dumps(line, ensure_ascii=False)
            os.write(self.handle, f"{text}\n".encode(errors="replace"))
        except OSError as error:
            raise Unreachable(_opening_failed(error)) from None


def _opening_failed(error: OSError) -> str:
    return _("消息文件写不进：%(reason)s") % {"reason": os.strerror(error.errno or 0)}
