"""What a channel can do. Sending is at most once: the caller has claimed the row.

A channel knows how to reach a person and how to hand over one message. It knows
nothing of the outbox: accounts/notifications/sending.py claims, calls and writes
down what came of it.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from accounts.models import Channel as Code
from accounts.models import User


class Unavailable(Exception):
    """The other side does not take it now; it did not go out and is tried again.

    `wait`, where the other side asked for it, is the least time until then.
    """

    def __init__(self, reason: str, *, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Unreachable(Unavailable):
    """Nobody answers for any message: all that is due waits, without counting a try.

    For an other side that all messages share (mail server, SMS gateway); the run on
    this channel ends and the next one asks again.
    """


class Busy(Unavailable):
    """Our own limit holds this one back for `wait`; it is no try of its six."""


class Refused(Exception):
    """The other side will never take it: no further try."""


class Unclear(Exception):
    """The answer was lost after the message was handed over: it may have gone out."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One message as it goes out. `key` is the same for each try of one delivery."""

    key: str
    kind: str
    user: User
    title: str
    body: str
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    footer: str = ""


class Connection(Protocol):
    """An open way to the other side.

    One may also have `announce(user)`: called just before that person's row is marked,
    so that the other side gets ready meanwhile. Nothing goes out by it.
    """

    def send(self, envelope: Envelope) -> None:
        """Hand over one message.

        Raises Unavailable, Unreachable, Busy, Refused or Unclear.
        """


class Channel(Protocol):
    """One way out of the portal."""

    code: Code

    def is_ready(self) -> bool:
        """Whether the settings name where it leads."""

    def address_of(self, user: User) -> str:
        """Where it reaches the person, or "" when it does not."""

    def open(self) -> AbstractContextManager[Connection]:
        """Connect, for a run. Raises Unreachable when nobody answers."""
