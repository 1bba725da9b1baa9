"""The mails that a portal has put into its folder instead of sending them."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

RULE = b"-" * 79


def mails_to(outbox: Path, address: str) -> list[EmailMessage]:
    """All mails to one address, as a mail program would read them."""
    mails = [
        email.message_from_bytes(part.strip(), policy=email.policy.default)
        for file in sorted(outbox.glob("*.log"))
        for part in file.read_bytes().split(RULE)
    ]
    return [mail for mail in mails if mail["To"] == address]
