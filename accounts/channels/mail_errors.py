"""What mail servers say, without the addresses they name."""

import re
import smtplib

from accounts.channels.mail_text import one_line

_ADDRESS = re.compile(r"[^\s<>,;:()\"']+@[^\s<>,;:()\"']+")


def masked(error: Exception) -> str:
    """What went wrong, for logs and lists: servers name the person they refuse."""
    if isinstance(error, smtplib.SMTPResponseException):
        return said(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(said(*answer) for answer in error.recipients.values())
    return _ADDRESS.sub("***", one_line(f"{type(error).__name__}: {error}"))


def said(code: int, answer: bytes | str) -> str:
    """The server's answer on one line, with nothing that no column can hold."""
    if isinstance(answer, bytes):
        answer = answer.decode("utf-8", "replace")
    return _ADDRESS.sub("***", one_line(f"{code} {answer}"))
