"""What waits for an official among the whistles, in groups by what is to be done."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Whistle, WhistleExtension, WhistleResponse
from communities.models import Membership
from communities.permissions import Permission, memberships_with, scope_filter

S, R = Whistle.State, WhistleResponse.State
# How far an overdue clock has been told upwards when it is whose concern.
STREET_STEP, OFFICE_STEP = 2, 3


class Kind(StrEnum):
    """What the rows of a group are."""

    WHISTLE = "whistle"
    RESPONSE = "response"
    EXTENSION = "extension"


MODELS = {
    Kind.WHISTLE: Whistle,
    Kind.RESPONSE: WhistleResponse,
    Kind.EXTENSION: WhistleExtension,
}
TO_WHISTLE = {
    Kind.WHISTLE: "pk",
    Kind.RESPONSE: "whistle",
    Kind.EXTENSION: "response__whistle",
}
TITLES: dict[str, str | Promise] = {
    "answer": _("待响应"),
    "handle": _("待办理、待交付"),
    "dispatch": _("待派单"),
    "overdue": _("单位超时未办"),
    "deliveries": _("待确认、待评价"),
    "extensions": _("延期申请待答复"),
    "returned": _("退回待补充"),
    "drafts": _("草稿待吹哨"),
}


@dataclass(frozen=True)
class Group:
    """One thing to be done: its name, one sentence, and the condition of its rows."""

    key: str
    kind: Kind
    condition: models.Q
    hint: str | Promise

    @property
    def title(self) -> str | Promise:
        return TITLES[self.key]

    def rows(self) -> models.QuerySet:
        """Its whistles, responses or extensions, in no order."""
        return MODELS[self.kind].objects.filter(self.condition).order_by()

    def whistles(self) -> models.Q:
        """A condition for the whistles it is about."""
        if self.kind == Kind.WHISTLE:
            return self.condition
        return models.Q(pk__in=self.rows().values(TO_WHISTLE[self.kind]))


def groups_for(user: User) -> list[Group]:
    """The groups that concern the user, the most pressing deeds first."""
    return [
        *_of_units(user),
        *_of_dispatchers(user),
        *_of_communities(user),
    ]


def _of_units(user: User) -> list[Group]:
    if not memberships_with(user, Permission.WHISTLE_ANSWER):
        return []
    own = scope_filter(user, Permission.WHISTLE_ANSWER, organization="organization")
    return [
        Group(
            "answer",
            Kind.RESPONSE,
            own & models.Q(state=R.ASKED),
            _("请在时限内接单，或者说明理由退单。"),
        ),
        Group(
            "handle",
            Kind.RESPONSE,
            own & models.Q(state__in=WhistleResponse.WORKING_STATES),
            _("办理情况随时记录，办完即交付；来不及的可以申请延期一次。"),
        ),
    ]


def _of_dispatchers(user: User) -> list[Group]:
    holders = memberships_with(user, Permission.WHISTLE_DISPATCH)
    if not holders:
        return []
    streets = {row.subdistrict_id for row in holders if row.role == _STREET}
    everywhere = any(row.role != _STREET for row in holders)
    to_dispatch = _in(streets, "") | _told(everywhere, OFFICE_STEP)
    late = _in(streets, "whistle__") & models.Q(overdue_step__gte=STREET_STEP)
    late |= _told(everywhere, OFFICE_STEP)
    return [
        Group(
            "dispatch",
            Kind.WHISTLE,
            models.Q(state=S.ISSUED) & to_dispatch,
            _("请选定承办单位；重复的并单，不属实的退回社区。")
            if streets
            else _("街道超时未派单，请督促街道或直接派单。"),
        ),
        Group(
            "overdue",
            Kind.RESPONSE,
            models.Q(state__in=WhistleResponse.OPEN_STATES) & late,
            _("请督促承办单位，或者改派。"),
        ),
    ]


_STREET = Membership.Role.STREET


def _in(streets: set[int], path: str) -> models.Q:
    return models.Q(**{f"{path}community__subdistrict_id__in": streets})


def _told(everywhere: bool, step: int) -> models.Q:
    """Rows of the whole district whose overdue has come up so far."""
    if not everywhere:
        return models.Q(pk__in=[])
    return models.Q(overdue_step__gte=step)


def _of_communities(user: User) -> list[Group]:
    if not memberships_with(user, Permission.WHISTLE_BLOW):
        return []
    own = scope_filter(user, Permission.WHISTLE_BLOW, community="community")
    own_responses = scope_filter(
        user, Permission.WHISTLE_BLOW, community="response__whistle__community"
    )
    asked = own_responses & models.Q(
        state=WhistleExtension.State.ASKED,
        response__state__in=WhistleResponse.WORKING_STATES,
        response__whistle__state__in=Whistle.WORKING_STATES,
    )
    return [
        Group(
            "deliveries",
            Kind.WHISTLE,
            own & models.Q(state__in=Whistle.ANSWERABLE_STATES),
            _("请到现场看一看，确认办结并评价，或者要求重新办理。"),
        ),
        Group("extensions", Kind.EXTENSION, asked, _("请同意或者不同意，并告诉单位。")),
        Group(
            "returned",
            Kind.WHISTLE,
            own & models.Q(state=S.RETURNED),
            _("请按退回理由补充后再次吹哨，或者撤回。"),
        ),
        Group(
            "drafts",
            Kind.WHISTLE,
            own & models.Q(state=S.DRAFTED),
            _("写好后请吹哨，不需要的请撤回。"),
        ),
    ]
