"""Messages about co-building agreements."""

from datetime import timedelta

from accounts.models import User
from accounts.notifications import Message, notify
from accounts.notifications.texts import fill, words_of
from communities.models import Agreement
from core.dates import day_starts_at, day_text


def agreement_ends(agreement: Agreement, people: list[User]) -> None:
    """Tell both sides, once for each last day, that the agreement ends soon."""
    values = {
        "title": agreement.title,
        "unit": agreement.organization.unit_name,
        "community": agreement.community.name,
        "day": day_text(agreement.ends_on),
    }
    title, body = fill(words_of("agreement_ends"), values)
    notify(
        Message(
            recipient_id=user.pk,
            kind="agreement_ends",
            target=agreement,
            slot=agreement.ends_on.isoformat(),
            title=title,
            body=body,
            path=agreement.get_absolute_url(),
            has_email=True,
            expires_at=day_starts_at(agreement.ends_on + timedelta(days=1)),
        )
        for user in people
    )
