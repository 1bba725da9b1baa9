"""Messages about whistles to the organisations: asked, answered, over.

Mail goes to those who have something to do or to stop.
"""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from accounts.notifications import withdraw
from accounts.notifications.texts import words_of
from campaigns.models import Whistle, WhistleExtension, WhistleResponse
from campaigns.notices.whistle_messages import (
    live_responses,
    say,
    say_to_unit,
    unended,
)
from campaigns.queries.whistle_people import blowers_of, dispatchers_of
from core.dates import moment_text


def responses_asked(responses: Iterable[WhistleResponse]) -> None:
    """Tell who answers for each organisation that it is asked, and until when."""
    title, body = words_of("whistle_asked")
    for response in responses:
        say_to_unit(
            response,
            kind="whistle_asked",
            title=title,
            body=body,
            has_email=True,
            due=moment_text(response.due_at),
        )


def extension_answered(extension: WhistleExtension) -> None:
    """Tell the organisation whether it has more time."""
    response = extension.response
    if extension.state == WhistleExtension.State.GRANTED:
        title = _("已同意延期：%(whistle)s")
        body = _("社区同意将“%(whistle)s”延期，办理期限为%(due)s。")
    else:
        title = _("未同意延期：%(whistle)s")
        body = _(
            "社区未同意将“%(whistle)s”延期，理由：%(answer)s。办理期限仍为%(due)s。"
        )
    say_to_unit(
        response,
        kind="whistle_extension_answered",
        title=title,
        body=body,
        has_email=True,
        due=moment_text(response.due_at) if response.due_at else "—",
        answer=unended(extension.answer),
    )


def whistle_reopened(responses: Iterable[WhistleResponse], *, reason: str) -> None:
    """Tell the organisations that delivered that it is to be done again."""
    for response in responses:
        say_to_unit(
            response,
            kind="whistle_reopened",
            title=_("须重新办理：%(whistle)s"),
            body=_(
                "%(community)s要求重新办理“%(whistle)s”，理由：%(reason)s。"
                "请于%(due)s前交付。"
            ),
            has_email=True,
            due=moment_text(response.due_at),
            reason=unended(reason),
        )


def whistle_rated(whistle: Whistle) -> None:
    """Tell the organisations that delivered what the community thinks of it."""
    for response in live_responses(whistle):
        say_to_unit(
            response,
            kind="whistle_rated",
            title=_("已评价办结：%(whistle)s"),
            body=_("%(community)s评价“%(whistle)s”：%(marks)s。"),
            marks=unended(whistle.entries.latest("pk").text),
        )


def whistle_withdrawn(
    whistle: Whistle,
    released: Collection[WhistleResponse],
    *,
    was_waiting: bool,
    reason: str,
) -> None:
    """Tell those who had it that nothing is to be done any more."""
    words = {
        "kind": "whistle_withdrawn",
        "title": _("吹哨已撤回：%(whistle)s"),
        "body": _("%(community)s撤回“%(whistle)s”，不用再办，理由：%(reason)s。"),
        "reason": unended(reason),
    }
    for response in (*released, *live_responses(whistle)):
        say_to_unit(response, has_email=not response.is_live, **words)
    _forget_asking(released)
    if was_waiting:
        say(dispatchers_of(whistle.community), whistle, **words)


def whistle_merged(
    whistle: Whistle,
    into: Whistle,
    released: Collection[WhistleResponse],
    *,
    reason: str,
) -> None:
    """Tell units that another whistle goes on instead, and all sides of both.

    Units let go, and the community, may not open the other one: they get its number.
    """
    words = {"other": into.number, "reason": unended(reason)}
    for response in released:
        say_to_unit(
            response,
            kind="whistle_merged",
            title=_("吹哨已并单：%(whistle)s"),
            body=_("“%(whistle)s”并入%(other)s，此单不用再办，理由：%(reason)s。"),
            has_email=True,
            **words,
        )
    _forget_asking(released)
    say(
        blowers_of(whistle.community),
        whistle,
        kind="whistle_merged",
        title=_("吹哨已并单：%(whistle)s"),
        body=_("“%(whistle)s”并入%(other)s一并办理，理由：%(reason)s。"),
        **words,
    )
    took_in = {
        "kind": "whistle_took_in",
        "title": _("并入一单：%(whistle)s"),
        "body": _("%(from_community)s的吹哨“%(other)s”并入“%(whistle)s”，请一并办理。"),
        "other": whistle.title,
        "from_community": whistle.community.name,
    }
    say(blowers_of(into.community), into, **took_in)
    for response in live_responses(into):
        say_to_unit(response, **took_in)


def response_released(response: WhistleResponse, *, reason: str) -> None:
    """Tell the organisation that it need not go on."""
    _forget_asking([response])
    say_to_unit(
        response,
        kind="whistle_released",
        title=_("已解除派单：%(whistle)s"),
        body=_("%(name)s不用再办理“%(whistle)s”，理由：%(reason)s。"),
        has_email=True,
        reason=unended(reason),
    )


def _forget_asking(responses: Iterable[WhistleResponse]) -> None:
    """Mail that asks for an answer and has not gone out yet would come too late."""
    for response in responses:
        withdraw(response, kinds=["whistle_asked"])
