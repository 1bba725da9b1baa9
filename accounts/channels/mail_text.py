"""A mail as bytes: headers and text built once for all who get the same."""

import time
from base64 import encodebytes
from email.header import Header
from email.utils import formatdate
from functools import lru_cache

from django.conf import settings
from django.core.mail.message import sanitize_address

from accounts.channels.base import Envelope

CRLF = "\r\n"


def subject_of(envelope: Envelope) -> str:
    """The title behind the portal's name."""
    return one_line(f"【{settings.PORTAL_NAME}】{envelope.title}")


def text_of(envelope: Envelope) -> str:
    """Words, link, and where the person chooses what comes by mail."""
    parts = [envelope.body]
    if envelope.url:
        parts.append(envelope.url)
    if envelope.footer:
        parts.append(f"-- \n{envelope.footer}")
    return "\n\n".join(parts) + "\n"


def headers_of(envelope: Envelope) -> dict[str, str]:
    """What every mail of the portal carries; the same for each try of a message."""
    values = {
        "Message-ID": f"<{envelope.key}@{_host(settings.DEFAULT_FROM_EMAIL)}>",
        # No answering machine answers. Source: RFC 3834.
        "Auto-Submitted": "auto-generated",
        **envelope.headers,
    }
    return {name: one_line(value) for name, value in values.items()}


def mime_of(envelope: Envelope, recipient: str) -> bytes:
    """The whole mail, ready for DATA. `recipient` is an address as SMTP takes it."""
    lines = [
        f"Subject: {_encoded(subject_of(envelope))}",
        f"From: {sender_header(settings.DEFAULT_FROM_EMAIL)}",
        f"To: {recipient}",
        f"Date: {_date(int(time.time()))}",
        *(f"{name}: {value}" for name, value in headers_of(envelope).items()),
        "MIME-Version: 1.0",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: base64",
        "",
        _encoded_text(text_of(envelope)),
    ]
    # What is left in other scripts stands in a header nobody encoded: a mistake.
    return CRLF.join(lines).encode("ascii")


@lru_cache(maxsize=1024)
def one_line(text: str) -> str:
    """Without line breaks and other controls, which would begin another header."""
    words = " ".join(text.split())
    if words.isprintable():
        return words
    return "".join(char for char in words if char.isprintable())


@lru_cache(maxsize=1024)
def _encoded(text: str) -> str:
    if text.isascii():
        return text
    return Header(text, "utf-8", header_name="Subject").encode(linesep=CRLF)


@lru_cache(maxsize=8)
def sender_header(sender: str) -> str:
    """The portal's name and address as a header takes them."""
    return sanitize_address(sender, "utf-8")


@lru_cache(maxsize=8)
def _host(sender: str) -> str:
    return sender.rpartition("@")[2].strip("> ")


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return formatdate(second)


@lru_cache(maxsize=256)
def _encoded_text(text: str) -> str:
    octets = CRLF.join(text.splitlines()).encode() + b"\r\n"
    return encodebytes(octets).decode("ascii").replace("\n", CRLF)
