"""Messages about whistles to the community and the street; never of residents.

Mail goes to whoever acts next.
"""

from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import (
    Activity,
    Whistle,
    WhistleEntry,
    WhistleExtension,
    WhistleResponse,
)
from campaigns.notices.whistle_messages import say, unended
from campaigns.queries.whistle_people import blowers_of, dispatchers_of
from core.dates import day_text, moment_text


def whistle_issued(whistle: Whistle) -> None:
    """Tell the street that a whistle waits for dispatch."""
    say(
        dispatchers_of(whistle.community),
        whistle,
        kind="whistle_issued",
        title=_("吹哨待派单：%(whistle)s"),
        body=_("%(community)s吹哨“%(whistle)s”%(urgency)s，请于%(due)s前派单。"),
        has_email=True,
        due=moment_text(whistle.due_at),
    )


def whistle_waits_again(whistle: Whistle, *, by: User | None) -> None:
    """Tell the street that nobody has the whistle any more, and what happened last."""
    last = whistle.entries.latest("pk")
    words = {
        "actor": last.actor,
        "act": last.get_kind_display(),
        "text": last.text,
    }
    reason = _("%(actor)s%(act)s：%(text)s") if last.text else _("%(actor)s%(act)s")
    say(
        [user for user in dispatchers_of(whistle.community) if user != by],
        whistle,
        kind="whistle_waits_again",
        title=_("吹哨须重新派单：%(whistle)s"),
        body=_(
            "%(community)s的吹哨“%(whistle)s”%(urgency)s现无单位办理（%(reason)s），"
            "请于%(due)s前派单。"
        ),
        has_email=True,
        due=moment_text(whistle.due_at),
        reason=unended(reason % words),
    )


def response_accepted(response: WhistleResponse) -> None:
    """Tell the community, and the street when it dispatched."""
    _say_to_sides(
        response,
        kind="whistle_accepted",
        title=_("已接单：%(whistle)s"),
        body=_("%(name)s已接单“%(whistle)s”，办理期限为%(due)s。"),
        due=moment_text(response.due_at),
    )


def response_returned(response: WhistleResponse, *, reason: str) -> None:
    """Tell the community that it has to act, or the sender that one is less.

    When the whistle waits for dispatch again, that is said on its own.
    """
    whistle = response.whistle
    words = {"name": response.organization.name, "reason": unended(reason)}
    if whistle.state == Whistle.State.RETURNED:
        say(
            blowers_of(whistle.community),
            whistle,
            kind="whistle_returned",
            title=_("吹哨被退单：%(whistle)s"),
            body=_(
                "%(name)s退回“%(whistle)s”，理由：%(reason)s。"
                "请另选结对单位，或请街道派单。"
            ),
            has_email=True,
            **words,
        )
    elif whistle.state != Whistle.State.ISSUED:
        say(
            _senders(response),
            whistle,
            kind="whistle_returned",
            title=_("一家单位退单：%(whistle)s"),
            body=_("%(name)s退回“%(whistle)s”，理由：%(reason)s。其他单位仍在办理。"),
            **words,
        )


def whistle_sent_back(whistle: Whistle, *, reason: str) -> None:
    """Tell the community that the street wants it put otherwise."""
    say(
        blowers_of(whistle.community),
        whistle,
        kind="whistle_sent_back",
        title=_("吹哨被退回：%(whistle)s"),
        body=_("“%(whistle)s”被退回，理由：%(reason)s。请补充后再次吹哨，或撤回。"),
        has_email=True,
        reason=unended(reason),
    )


def work_logged(entry: WhistleEntry) -> None:
    """Tell the community what was done so far."""
    say(
        blowers_of(entry.whistle.community),
        entry.whistle,
        kind="whistle_logged",
        title=_("办理有进展：%(whistle)s"),
        body=_("%(name)s：%(text)s"),
        name=entry.actor,
        text=entry.text,
    )


def people_asked(response: WhistleResponse, activity: Activity) -> None:
    """Tell the community that people are being called together."""
    say(
        blowers_of(response.whistle.community),
        response.whistle,
        kind="whistle_people_asked",
        title=_("正在召集人手：%(whistle)s"),
        body=_("%(name)s为“%(whistle)s”召集人手，活动“%(activity)s”。"),
        name=response.organization.name,
        activity=activity.title,
    )


def extension_asked(extension: WhistleExtension) -> None:
    """Ask the community for more time."""
    response = extension.response
    say(
        blowers_of(response.whistle.community),
        response.whistle,
        kind="whistle_extension_asked",
        title=_("申请延期，请答复：%(whistle)s"),
        body=_("%(name)s申请将“%(whistle)s”延期到%(day)s，理由：%(reason)s。请答复。"),
        has_email=True,
        name=response.organization.name,
        day=day_text(extension.until),
        reason=unended(extension.reason),
    )


def response_delivered(response: WhistleResponse) -> None:
    """Tell the community that one organisation is done while others go on."""
    if response.whistle.state == Whistle.State.DELIVERED:
        return  # said by whistle_delivered
    say(
        blowers_of(response.whistle.community),
        response.whistle,
        kind="whistle_part_delivered",
        title=_("一家单位已交付：%(whistle)s"),
        body=_("%(name)s已交付“%(whistle)s”，其他单位仍在办理。"),
        name=response.organization.name,
    )


def whistle_delivered(whistle: Whistle) -> None:
    """Ask the community to confirm and rate what was delivered."""
    say(
        blowers_of(whistle.community),
        whistle,
        kind="whistle_delivered",
        title=_("已交付，请确认：%(whistle)s"),
        body=_(
            "“%(whistle)s”已交付，请于%(due)s前确认办结并评价，或要求重新办理；"
            "到期未评价的自动办结。"
        ),
        has_email=True,
        due=moment_text(whistle.due_at),
    )


def _senders(response: WhistleResponse) -> list[User]:
    of = dispatchers_of if response.by_dispatcher else blowers_of
    return of(response.whistle.community)


def _say_to_sides(response: WhistleResponse, **message: str) -> None:
    people = {user.pk: user for user in blowers_of(response.whistle.community)}
    people |= {user.pk: user for user in _senders(response)}
    name = response.organization.name
    say(people.values(), response.whistle, name=name, **message)
