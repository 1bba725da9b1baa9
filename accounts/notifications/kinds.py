"""The kinds of messages: what each is for, who decides about it, which words it has.

Each app registers its own in `<app>/message_kinds.py`, called from its AppConfig.
Only a registered kind can be written (accounts/notifications.py).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

# Numbers of records and slots that were spoken of -> those of which it is still true.
StillTrue = Callable[[Collection[tuple[int, str]], datetime], set[tuple[int, str]]]


class Topic(models.TextChoices):
    """Headings under which people find kinds."""

    SHIFTS = "shifts", _("班次与报名")
    HOURS = "hours", _("时长与证明")
    REPORT_INS = "report_ins", _("双报到")
    COMMUNITY = "community", _("需求、心愿与共建")
    WHISTLES = "whistles", _("吹哨报到")
    WORK = "work", _("活动、任务与审核")
    HONORS = "honors", _("荣誉与故事")
    PORTAL = "portal", _("名册与平台")


class Unit(models.TextChoices):
    """What the numbers of a lead time count."""

    HOURS = "hours", _("小时")
    DAYS = "days", _("天")
    WORKING_DAYS = "working_days", _("个工作日")
    WORKING_HOURS = "working_hours", _("个工作小时")


@dataclass(frozen=True, kw_only=True)
class Lead:
    """How long before (or after) something a reminder is due.

    `setting` names the setting with the default: a number, or with `is_list` several
    (one reminder each). `words` says before or after what: "班次开始前".
    """

    setting: str
    unit: Unit
    words: str
    is_list: bool = False


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """A name that may stand in a text as %(name)s, with a sample for the preview."""

    label: str
    sample: object


@dataclass(frozen=True, kw_only=True)
class Text:
    """The words of one variant of a kind, as the portal writes them."""

    title: str
    body: str
    placeholders: dict[str, Placeholder]
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of message.

    `when` says who gets it, when and in which state of affairs, in one sentence.
    `must_arrive`: cancellations and the like; nobody can switch them off, no daily
    limit holds them back. `is_sent_out`: it leaves the inbox by the person's channels.
    `for_groups`: it names no private person, so a chat group may read it.
    `for_officials`: only who holds an office gets it, whatever the topic.
    `channels`: those it takes when the person has chosen nothing. `texts`: variant ->
    words the office may change; empty for kinds whose words are fixed. `still_true`
    is asked just before anything is sent: what is true no more is dropped.
    """

    code: str
    label: str
    topic: Topic
    when: str
    must_arrive: bool = False
    is_sent_out: bool = True
    is_reminder: bool = False
    for_groups: bool = False
    for_officials: bool = False
    channels: tuple[str, ...] = ("mail",)
    lead: Lead | None = None
    texts: dict[str, Text] = field(default_factory=dict)
    still_true: StillTrue | None = None


KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds; a second one of the same code is a mistake. Raises ValueError."""
    for kind in kinds:
        if kind.code in KINDS:
            raise ValueError(f"message kind {kind.code!r} is registered twice")
        KINDS[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The kind of this code. Raises LookupError for one nobody registered."""
    try:
        return KINDS[code]
    except KeyError:
        raise LookupError(f"message kind {code!r} is not registered") from None
