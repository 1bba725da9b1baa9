"""Mail by SMTP."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from accounts.channels.base import Envelope, Unavailable
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
    def open(self) -> Iterator["MailConnection"]:
        backend = get_connection()
        try:
            backend.open()
        except Exception as error:
            raise Unavailable(str(error)) from error
        try:
            yield MailConnection(backend)
        finally:
            with suppress(Exception):
                backend.close()


class MailConnection:
    """One connection to the mail server."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def send(self, envelope: Envelope) -> None:
        address = envelope.user.email
        try:
            self._mail(envelope, address).send()
        except Exception as error:
            # It may be broken; the next mail opens its own.
            with suppress(Exception):
                self.backend.close()
            # Servers name the person they refuse: no addresses in logs and lists.
            raise Unavailable(str(error).replace(address, "***")) from error

    def _mail(self, envelope: Envelope, address: str) -> EmailMessage:
        link = f"\n\n{envelope.url}" if envelope.url else ""
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        return EmailMessage(
            subject=f"【{settings.PORTAL_NAME}】{envelope.title}",
            body=f"{envelope.body}{link}\n",
            to=[address],
            connection=self.backend,
            headers={"Message-ID": f"<{envelope.key}@{host}>", **envelope.headers},
        )
