"""How messages about whistles are written, whoever they are for.

The slot is the line of the log that says what happened: the same thing again is said
again, a line once.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify
from campaigns.models import Urgency, Whistle, WhistleResponse
from communities.queries.officials import responsible_officials


def say_to_unit(
    response: WhistleResponse, *, has_email: bool = False, **message: str
) -> None:
    """Write to those who answer for the organisation that was asked."""
    organization = response.organization
    say(
        responsible_officials([organization])[organization.pk],
        response.whistle,
        target=response,
        has_email=has_email,
        name=organization.name,
        **message,
    )


def say(
    people: Iterable[User],
    whistle: Whistle,
    *,
    kind: str,
    title: str,
    body: str,
    target: models.Model | None = None,
    has_email: bool = False,
    **words: str,
) -> None:
    """Write one message to each, about the latest line of the whistle's log.

    `words` fill the texts; the whistle, its community and urgency are known.
    """
    words |= {
        "whistle": whistle.title,
        "community": whistle.community.name,
        "urgency": _urgency(whistle),
    }
    slot = str(whistle.entries.latest("pk").pk)
    notify(
        Message(
            recipient_id=user.pk,
            kind=kind,
            target=target or whistle,
            slot=slot,
            title=title % words,
            body=body % words,
            path=(target or whistle).get_absolute_url(),
            has_email=has_email,
        )
        for user in people
    )


def live_responses(whistle: Whistle) -> list[WhistleResponse]:
    """Responses neither returned nor released, their organisations at hand."""
    rows = list(whistle.responses.live().select_related("organization"))
    for row in rows:
        row.whistle = whistle
    return rows


def unended(text: str) -> str:
    """The text without its full stop, to stand inside a sentence."""
    return text.rstrip("。")


def _urgency(whistle: Whistle) -> str:
    """（紧急） where it matters."""
    if whistle.urgency == Urgency.NORMAL:
        return ""
    return _("（%(urgency)s）") % {"urgency": whistle.get_urgency_display()}
