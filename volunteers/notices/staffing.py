"""Messages about shifts that lack people."""

from datetime import datetime

from accounts.notifications import Message, notify
from accounts.notifications.texts import fill, words_of
from communities.queries.officials import responsible_officials
from volunteers.models import Shift
from volunteers.notices.signups import when

UNDERSTAFFED = "shift_understaffed"


def shift_understaffed(shift: Shift, *, slot: str, expires_at: datetime) -> None:
    """Tell those who answer for the organisation that people are lacking."""
    organization = shift.activity.organization
    values = {
        "shift": str(shift),
        "when": when(shift),
        "taken": shift.taken,
        "minimum": shift.minimum,
    }
    title, body = fill(words_of(UNDERSTAFFED), values)
    notify(
        Message(
            recipient_id=official.pk,
            kind=UNDERSTAFFED,
            target=shift,
            slot=slot,
            title=title,
            body=body,
            path=shift.get_absolute_url(),
            has_email=True,
            expires_at=expires_at,
        )
        for official in responsible_officials([organization])[organization.pk]
    )
