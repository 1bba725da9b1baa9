"""Mail, by whatever backend Django's EMAIL_BACKEND names."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from accounts.channels.base import Connection, Envelope, Refused, Unavailable, Unclear
from accounts.channels.mail_errors import masked
from accounts.channels.mail_text import headers_of, subject_of, text_of
from accounts.channels.smtp import SmtpConnection, open_backend
from accounts.models import Channel as Code
from accounts.models import User


class MailChannel:
    """Mail to the address of the account."""

    code = Code.MAIL

    def is_ready(self) -> bool:
        return True

    def address_of(self, user: User) -> str:
        return user.email

    @contextmanager
    def open(self) -> Iterator[Connection]:
        backend = get_connection()
        open_backend(backend)
        is_smtp = isinstance(backend, EmailBackend)
        try:
            yield SmtpConnection(backend) if is_smtp else OtherConnection(backend)
        finally:
            with suppress(Exception):
                backend.close()


class OtherConnection:
    """A backend that is not SMTP: a file, memory, what a site has installed."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend
        self.is_open = True

    def send(self, envelope: Envelope) -> None:
        if not self.is_open:
            open_backend(self.backend)
            self.is_open = True
        mail = EmailMessage(
            subject=subject_of(envelope),
            body=text_of(envelope),
            to=[envelope.user.email],
            connection=self.backend,
            headers=headers_of(envelope),
        )
        try:
            mail.send()
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            self._hang_up()
            raise Unclear(masked(error)) from None
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _answer in error.recipients.values()]
            refusal = Refused if min(codes) >= 500 else Unavailable
            raise refusal(masked(error)) from None
        except Exception as error:
            self._hang_up()
            raise Unavailable(masked(error)) from None

    def _hang_up(self) -> None:
        # It may be broken; the next mail opens it again.
        self.is_open = False
        with suppress(Exception):
            self.backend.close()
