"""One connection to the mail server, spoken step by step.

Django's and Python's `sendmail` do not tell at which step the other side went away;
whether a mail may have gone out hangs on that.
"""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from accounts.channels.base import Envelope, Refused, Unavailable, Unclear, Unreachable
from accounts.channels.mail_errors import masked, said
from accounts.channels.mail_text import mime_of

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
        self.is_announced = False

    def announce(self) -> None:
        """Name the sender ahead, without waiting for the answer.

        The server answers while the caller marks the next row; without `send`
        nothing goes out.
        """
        smtp = self.backend.connection
        if smtp is None or self.is_announced:
            return
        # What fails here shows at the answer.
        with suppress(smtplib.SMTPException, OSError):
            smtp.putcmd("MAIL", f"FROM:<{self.sender}>")
            self.is_announced = True

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
        smtp = self.backend.connection
        if smtp is None:
            raise _HungUp("closed")
        self.announce()
        self.is_announced = False
        # What concerns the sender concerns all mails: none is refused for it.
        self._ask(smtp.getreply, (250,), refusal=Unavailable)
        self._ask(lambda: smtp.rcpt(recipient), (250, 251))
        self._ask(lambda: smtp.docmd("DATA"), (GO_ON,))
        self._give(smtp, text)

    def _ask(
        self,
        step: Callable[[], tuple[int, bytes]],
        good: tuple[int, ...],
        *,
        refusal: type[Exception] = Refused,
    ) -> None:
        """Do one step before the text; a refused one leaves the connection ready."""
        try:
            code, answer = step()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise _HungUp(masked(error)) from None
        if code in good:
            return
        if code == CLOSING:
            self.close()
            raise _HungUp(said(code, answer))
        with suppress(smtplib.SMTPException, OSError):
            self.backend.connection.rset()
        raise (refusal if code >= 500 else Unavailable)(said(code, answer))

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
        self.is_announced = False
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
