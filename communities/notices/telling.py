"""One message to several people about one record."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from accounts.notifications import Message, notify


def tell(
    people: Iterable[int],
    target: models.Model,
    *,
    kind: str,
    title: str,
    body: str,
    slot: str = "",
    path: str = "",
    expires_at: datetime | None = None,
) -> None:
    """Write it to their inboxes and send it by mail; without a `path` to the record's.

    `people` are ids of users; `slot` separates messages of one kind about one record.
    """
    notify(
        Message(
            recipient_id=person,
            kind=kind,
            target=target,
            slot=slot,
            title=title,
            body=body,
            path=path or target.get_absolute_url(),
            has_email=True,
            expires_at=expires_at,
        )
        for person in sorted(people)
    )
