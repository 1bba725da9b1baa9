"""Whistles on one page: which deed, by which side, in which state, else refused why.

Actions refuse by this table, pages show their buttons by it, the permission checks of
views ask it; nothing else decides. Source: PRODUCT section 3, Whistle; issue 5.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Whistle, WhistleExtension, WhistleResponse
from communities.permissions import Permission, has_permission
from core.errors import RuleError

S, R = Whistle.State, WhistleResponse.State
WORKING = frozenset(Whistle.WORKING_STATES)


class WhistleRefused(RuleError):
    """The whistle is not in the state for what was asked."""


class Side(StrEnum):
    """Who does a deed."""

    COMMUNITY = "community"
    DISPATCHER = "dispatcher"
    UNIT = "unit"


class Deed(StrEnum):
    """What may be done with a whistle or one response to it."""

    EDIT = "edit"
    PHOTOGRAPH = "photograph"
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    VERIFY = "verify"
    REOPEN = "reopen"
    RATE = "rate"
    ANSWER_EXTENSION = "answer_extension"
    DISPATCH = "dispatch"
    SEND_BACK = "send_back"
    MERGE = "merge"
    RELEASE = "release"
    ACCEPT = "accept"
    RETURN = "return"
    LOG = "log"
    ASK_EXTENSION = "ask_extension"
    ASK_PEOPLE = "ask_people"
    DELIVER = "deliver"


Condition = Callable[[Whistle, WhistleResponse | None], bool]


@dataclass(frozen=True)
class Rule:
    """One line of the table.

    `states` are the whistle's, `of_response` the response's (empty: the deed is about
    the whistle alone); `also` are further conditions, each with its refusal.
    """

    label: str | Promise
    side: Side
    states: frozenset[str]
    refusal: str | Promise
    of_response: frozenset[str] = frozenset()
    also: tuple[tuple[Condition, str | Promise], ...] = ()


def _may_be_reopened(whistle: Whistle, response: WhistleResponse | None) -> bool:
    return whistle.reopened_count < Whistle.MOST_REOPENINGS


def _never_asked(whistle: Whistle, response: WhistleResponse | None) -> bool:
    return not hasattr(response, "extension")


def _is_asked(whistle: Whistle, response: WhistleResponse | None) -> bool:
    asked = WhistleExtension.State.ASKED
    return hasattr(response, "extension") and response.extension.state == asked


_WORKING_RESPONSE = frozenset(WhistleResponse.WORKING_STATES)

RULES: dict[Deed, Rule] = {
    Deed.EDIT: Rule(
        _("修改"),
        Side.COMMUNITY,
        frozenset({S.DRAFTED, S.RETURNED}),
        _("已经吹哨，内容不能再改；确需更正，请撤回后重新吹哨。"),
    ),
    Deed.PHOTOGRAPH: Rule(
        _("添加照片"),
        Side.COMMUNITY,
        frozenset({S.DRAFTED, S.RETURNED, S.ISSUED}) | WORKING,
        _("已交付或已结束，不能再添加照片。"),
    ),
    Deed.ISSUE: Rule(
        _("吹哨"),
        Side.COMMUNITY,
        frozenset({S.DRAFTED, S.RETURNED}),
        _("已经吹哨，不用重复发出。"),
    ),
    Deed.WITHDRAW: Rule(
        _("撤回"),
        Side.COMMUNITY,
        frozenset({S.DRAFTED, S.ISSUED, S.RETURNED}) | WORKING,
        _("已交付或已结束，不能撤回；已交付的请确认或要求重新办理。"),
    ),
    Deed.VERIFY: Rule(
        _("确认办结"),
        Side.COMMUNITY,
        frozenset({S.DELIVERED}),
        _("还没有交付，或已经确认。"),
    ),
    Deed.REOPEN: Rule(
        _("要求重新办理"),
        Side.COMMUNITY,
        frozenset({S.DELIVERED, S.VERIFIED}),
        _("没有待确认的交付，不能要求重新办理。"),
        also=((_may_be_reopened, _("已重新办理两次，不能再次重办，请如实评价。")),),
    ),
    Deed.RATE: Rule(
        _("评价"),
        Side.COMMUNITY,
        frozenset({S.DELIVERED, S.VERIFIED}),
        _("还没有交付，或已经评价、办结。"),
    ),
    Deed.ANSWER_EXTENSION: Rule(
        _("答复延期申请"),
        Side.COMMUNITY,
        WORKING,
        _("已不在办理中，不用再答复延期申请。"),
        of_response=_WORKING_RESPONSE,
        also=((_is_asked, _("没有待答复的延期申请。")),),
    ),
    Deed.DISPATCH: Rule(
        _("派单"),
        Side.DISPATCHER,
        frozenset({S.ISSUED}) | WORKING,
        _("现在不能派单：已退回社区、已交付或已结束。"),
    ),
    Deed.SEND_BACK: Rule(
        _("退回社区"),
        Side.DISPATCHER,
        frozenset({S.ISSUED}),
        _("只有待派单的可以退回社区。"),
    ),
    Deed.MERGE: Rule(
        _("并单"),
        Side.DISPATCHER,
        frozenset({S.ISSUED, S.RETURNED}) | WORKING,
        _("已交付或已结束，不能并单。"),
    ),
    Deed.RELEASE: Rule(
        _("解除派单"),
        Side.DISPATCHER,
        WORKING,
        _("已不在办理中，不用解除。"),
        of_response=frozenset(WhistleResponse.OPEN_STATES),
    ),
    Deed.ACCEPT: Rule(
        _("接单"),
        Side.UNIT,
        WORKING,
        _("已经答复过，或社区已撤回、街道已解除。"),
        of_response=frozenset({R.ASKED}),
    ),
    Deed.RETURN: Rule(
        _("退单"),
        Side.UNIT,
        WORKING,
        _("已经答复过，或社区已撤回、街道已解除。"),
        of_response=frozenset({R.ASKED}),
    ),
    Deed.LOG: Rule(
        _("记录办理情况"),
        Side.UNIT,
        WORKING,
        _("接单后、交付前才能记录办理情况。"),
        of_response=_WORKING_RESPONSE,
    ),
    Deed.ASK_EXTENSION: Rule(
        _("申请延期"),
        Side.UNIT,
        WORKING,
        _("接单后、交付前才能申请延期。"),
        of_response=_WORKING_RESPONSE,
        also=((_never_asked, _("延期只能申请一次。")),),
    ),
    Deed.ASK_PEOPLE: Rule(
        _("召集人手"),
        Side.UNIT,
        WORKING,
        _("接单后、交付前才能召集人手。"),
        of_response=_WORKING_RESPONSE,
    ),
    Deed.DELIVER: Rule(
        _("交付"),
        Side.UNIT,
        WORKING,
        _("接单后才能交付，已交付的不用重复交付。"),
        of_response=_WORKING_RESPONSE,
    ),
}

PERMISSIONS = {
    Side.COMMUNITY: Permission.WHISTLE_BLOW,
    Side.DISPATCHER: Permission.WHISTLE_DISPATCH,
    Side.UNIT: Permission.WHISTLE_ANSWER,
}


def is_on_side(
    user: User, side: Side, whistle: Whistle, response: WhistleResponse | None = None
) -> bool:
    """Whether the user acts for this side of the whistle today."""
    if side == Side.UNIT:
        return response is not None and has_permission(
            user, PERMISSIONS[side], organization=response.organization
        )
    return has_permission(user, PERMISSIONS[side], community=whistle.community)


def may(
    user: User, deed: Deed, whistle: Whistle, response: WhistleResponse | None = None
) -> bool:
    """Whether the deed is this user's at all, in whatever state: the answer 403."""
    return is_on_side(user, RULES[deed].side, whistle, response)


def refusal_of(
    deed: Deed, whistle: Whistle, response: WhistleResponse | None = None
) -> str:
    """Why the deed is not possible now, "" when it is."""
    rule = RULES[deed]
    is_here = not rule.of_response or (
        response is not None and response.state in rule.of_response
    )
    if whistle.state not in rule.states or not is_here:
        return str(rule.refusal)
    for holds, refusal in rule.also:
        if not holds(whistle, response):
            return str(refusal)
    return ""


def check(
    deed: Deed, whistle: Whistle, response: WhistleResponse | None = None
) -> None:
    """Raise WhistleRefused when the deed is not possible now."""
    if refusal := refusal_of(deed, whistle, response):
        raise WhistleRefused(refusal)


def deeds_for(
    user: User, whistle: Whistle, response: WhistleResponse | None = None
) -> set[Deed]:
    """What the user may do now with the whistle, or with one response to it."""
    of_response = response is not None
    return {
        deed
        for deed, rule in RULES.items()
        if bool(rule.of_response) == of_response
        and not refusal_of(deed, whistle, response)
        and may(user, deed, whistle, response)
    }


def can_see_contact(user: User, whistle: Whistle) -> bool:
    """Whether the user may read how to reach the resident.

    The community, and organisations that have accepted; not the street, not the
    office, not who was only asked. Source: issue 5, "Blow".
    """
    if is_on_side(user, Side.COMMUNITY, whistle):
        return True
    trusted = whistle.responses.answered_by(user).filter(
        state__in=WhistleResponse.TRUSTED_STATES
    )
    return trusted.exists()
