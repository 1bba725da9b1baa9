"""One connection to the mail server, spoken step by step.

Django's and Python's `sendmail` do not tell at which step the other side went away;
whether a mail may have gone out hangs on that.
"""

import re
import smtplib
from contextlib import suppress
from email.utils import parseaddr

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from accounts.channels.base import Envelope, Refused, Unavailable, Unclear, Unreachable
from accounts.channels.mail_errors import masked, said
from accounts.channels.mail_text import mime_of
from accounts.models import User

CLOSING = 421
GO_ON = 354
# A server that hangs up on so many mails in a row does it to all.
MOST_HANG_UPS = 3
# Needs no encoding: nearly every address.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


class _HungUp(Exception):
    """The server went away before it got the text: nothing went out."""


class SmtpConnection:
    """An open connection of Django's SMTP backend, opened again when it is lost."""

    def __init__(self, backend: EmailBackend) -> None:
        self.backend = backend
        sender = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")
        self.sender = parseaddr(sender)[1]
        self.hang_ups = 0
        # To whom the next mail was announced; commands not written yet; answers not
        # read yet.
        self.announced = ""
        self.unsaid: list[str] = []
        self.awaited = 0

    def announce(self, user: User) -> None:
        """Say who writes to whom, without waiting for the answers.

        The server answers while the caller marks the row. Without the text, which only
        `send` hands over, nothing goes out.
        """
        # What fails here shows when the mail is sent.
        with suppress(Refused, _HungUp):
            self._announce(_ascii_address(user.email))

    def send(self, envelope: Envelope) -> None:
        recipient = _ascii_address(envelope.user.email)
        text = mime_of(envelope, recipient)
        try:
            self._hand_over(recipient, text)
        except _HungUp:
            # A server ends a connection that idled or carried enough mails.
            self._reopen()
            self._hand_over_anew(recipient, text)
        self.hang_ups = 0

    def _hand_over_anew(self, recipient: str, text: bytes) -> None:
        try:
            self._hand_over(recipient, text)
        except _HungUp as error:
            self.hang_ups += 1
            many = self.hang_ups >= MOST_HANG_UPS
            raise (Unreachable if many else Unavailable)(str(error)) from None

    def _hand_over(self, recipient: str, text: bytes) -> None:
        self._announce(recipient)
        self.announced = ""
        # What concerns the sender concerns all mails: none is refused for it.
        self._ask((250,), refusal=Unavailable)
        self._ask((250, 251))
        self._ask((GO_ON,))
        self._give(self.backend.connection, text)

    def _announce(self, recipient: str) -> None:
        """Write the commands before the text: at once to a server that reads ahead.

        Any other gets each after the answer to the one before. Source: RFC 2920.
        """
        if self.announced == recipient:
            return
        if self.announced:
            # That one may not be sent any more; the server still waits for its text.
            self.close()
        smtp = self.backend.connection
        if smtp is None:
            raise _HungUp("closed")
        commands = [f"MAIL FROM:<{self.sender}>", f"RCPT TO:<{recipient}>", "DATA"]
        ahead = len(commands) if smtp.has_extn("pipelining") else 1
        self.announced, self.unsaid = recipient, commands[ahead:]
        self._say(*commands[:ahead])

    def _say(self, *commands: str) -> None:
        try:
            self.backend.connection.send("".join(f"{one}\r\n" for one in commands))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise _HungUp(masked(error)) from None
        self.awaited += len(commands)

    def _ask(
        self, good: tuple[int, ...], *, refusal: type[Exception] = Refused
    ) -> None:
        """Read the answer to one command before the text, and write the next one.

        A refused one leaves the connection ready.
        """
        code, answer = self._answer()
        if code in good:
            if self.unsaid:
                self._say(self.unsaid.pop(0))
            return
        if code == CLOSING:
            self.close()
            raise _HungUp(said(code, answer))
        self._turn_back()
        raise (refusal if code >= 500 else Unavailable)(said(code, answer))

    def _answer(self) -> tuple[int, bytes]:
        try:
            answer = self.backend.connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise _HungUp(masked(error)) from None
        self.awaited -= 1
        return answer

    def _turn_back(self) -> None:
        """Forget a refused mail; a server that waits for its text gets none."""
        self.unsaid = []
        with suppress(_HungUp):
            codes = [self._answer()[0] for _command in range(self.awaited)]
            if GO_ON in codes:
                self.close()
                return
            self._say("RSET")
            self._answer()

    def _give(self, smtp: smtplib.SMTP, text: bytes) -> None:
        """Hand over the text. Until the answer nobody knows whether it arrived."""
        try:
            smtp.send(text + b".\r\n")
            code, answer = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unclear(masked(error)) from None
        if code == CLOSING:
            self.close()
        if code >= 500:
            raise Refused(said(code, answer))
        if code >= 300:
            raise Unavailable(said(code, answer))

    def _reopen(self) -> None:
        self.close()
        open_backend(self.backend)

    def close(self) -> None:
        """Hang up without a word: the other side may not listen any more."""
        self.announced, self.unsaid, self.awaited = "", [], 0
        connection, self.backend.connection = self.backend.connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()


def open_backend(backend: EmailBackend) -> None:
    """Connect. Raises Unreachable, with what the server or the network said."""
    try:
        backend.open()
        if isinstance(backend, EmailBackend):
            # Django greets only where it signs in or encrypts.
            backend.connection.ehlo_or_helo_if_needed()
    except Exception as error:
        with suppress(Exception):
            backend.close()
        raise Unreachable(masked(error)) from None


def _ascii_address(address: str) -> str:
    """The address as SMTP takes it. Raises Refused for one it cannot take."""
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    try:
        plain = sanitize_address(address, "ascii")
    except ValueError:
        plain = ""
    if not plain or not plain.isascii() or plain.startswith("=?"):
        raise Refused("the address cannot be written to")
    return plain
