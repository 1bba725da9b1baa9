"""Messages about whistles that nobody's deed sends: overdue, closed, handed on."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify
from accounts.notifications.texts import words_of
from campaigns.models import Whistle, WhistleResponse
from core.dates import moment_text


def dispatch_overdue(whistle: Whistle, people: Iterable[User], *, step: int) -> None:
    """Tell the street, and later the office, that nobody was asked to answer yet."""
    title, body = words_of("whistle_overdue", "dispatch")
    _say(
        whistle,
        people,
        target=whistle,
        kind="whistle_overdue",
        slot=f"{whistle.due_at.isoformat()}-{step}",
        title=title,
        body=body,
        due=moment_text(whistle.due_at),
    )


def response_overdue(
    response: WhistleResponse, people: Iterable[User], *, step: int
) -> None:
    """Tell people of one step that an organisation is late to answer or to deliver.

    Step 1 is the organisation itself, 2 the street, 3 the office.
    """
    asked = response.state == WhistleResponse.State.ASKED
    late, whom = "asked" if asked else "handling", "own" if step == 1 else "above"
    title, body = words_of("whistle_overdue", f"{late}_{whom}")
    _say(
        response.whistle,
        people,
        target=response,
        kind="whistle_overdue",
        slot=f"{response.due_at.isoformat()}-{step}",
        title=title,
        body=body,
        due=moment_text(response.due_at),
        organization=response.organization.name,
    )


def rating_due_soon(whistle: Whistle, people: Iterable[User]) -> None:
    """Recall to the community, once for each delivery, that its word is awaited."""
    title, body = words_of("whistle_rating_due")
    _say(
        whistle,
        people,
        target=whistle,
        kind="whistle_rating_due",
        slot=whistle.due_at.isoformat(),
        title=title,
        body=body,
        due=moment_text(whistle.due_at),
        expires_at=whistle.due_at,
    )


def closed_unrated(whistle: Whistle, people: Iterable[User]) -> None:
    """Tell the community that its time to rate has passed."""
    _say(
        whistle,
        people,
        target=whistle,
        kind="whistle_unrated",
        slot="",
        title=_("吹哨已自动办结：%(whistle)s"),
        body=_("吹哨“%(whistle)s”到期未评价，已自动办结，不计入评价。"),
    )


def response_handed_on(response: WhistleResponse, people: Iterable[User]) -> None:
    """Tell the successor of an organisation what it goes on with."""
    _say(
        response.whistle,
        people,
        target=response,
        kind="whistle_handed_on",
        slot=str(response.organization_id),
        title=_("承接吹哨：%(whistle)s"),
        body=_(
            "%(community)s的吹哨“%(whistle)s”改由%(organization)s继续办理，"
            "时限和已有办理记录不变。"
        ),
        organization=response.organization.name,
    )


def _say(
    whistle: Whistle,
    people: Iterable[User],
    *,
    target: models.Model,
    kind: str,
    slot: str,
    title: str,
    body: str,
    expires_at: datetime | None = None,
    **words: str,
) -> None:
    words |= {"whistle": whistle.title, "community": whistle.community.name}
    notify(
        Message(
            recipient_id=user.pk,
            kind=kind,
            target=target,
            slot=slot,
            title=title % words,
            body=body % words,
            path=whistle.get_absolute_url(),
            has_email=True,
            expires_at=expires_at,
        )
        for user in people
    )
