"""What the office sees of kinds: what is set, and what became of their messages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Channel, Delivery, KindSetting, KindText, Notification
from accounts.notifications.kind_settings import default_leads
from accounts.notifications.kinds import KINDS, Kind, Lead, Topic

COUNTED = timedelta(days=30)
SendState, OutboxState = Delivery.SendState, Notification.OutboxState


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many messages of 30 days were sent, failed, dropped, or came too late."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0
    stale: int = 0


@dataclass(frozen=True, kw_only=True)
class KindRow:
    """A kind with what the office has set about it."""

    kind: Kind
    is_on: bool = True
    lead: str = ""
    own_texts: int = 0
    figures: Figures = field(default_factory=Figures)

    @property
    def channels_text(self) -> str:
        """The inbox, and what it takes when the person has chosen nothing."""
        names = [_("收件箱")]
        if self.kind.is_sent_out:
            names += [str(Channel(code).label) for code in self.kind.channels]
        return "、".join(names)

    @property
    def lead_text(self) -> str:
        """班次开始前 3、48 小时; "" for a kind without a lead time."""
        if self.kind.lead is None:
            return ""
        numbers = self.lead.split(",") if self.lead else None
        return lead_text(self.kind.lead, numbers)

    @property
    def default_lead_text(self) -> str:
        """The same as the setting has it."""
        return lead_text(self.kind.lead) if self.kind.lead else ""


def lead_text(lead: Lead, numbers: list[str] | None = None) -> str:
    """A lead time in words, without `numbers` as the setting has it."""
    numbers = numbers or [str(number) for number in default_leads(lead)]
    return _("%(words)s %(numbers)s %(unit)s") % {
        "words": lead.words,
        "numbers": "、".join(numbers),
        "unit": lead.unit.label,
    }


def kinds_by_topic(wanted: str, *, now: datetime) -> list[tuple[Topic, list[KindRow]]]:
    """The topic with its kinds, or all topics when it is none of them; four queries."""
    topics = [topic for topic in Topic if topic == wanted] or list(Topic)
    kinds = [kind for kind in KINDS.values() if kind.topic in topics]
    rows = kind_rows(kinds, now=now)
    return [
        (topic, held)
        for topic in topics
        if (held := [row for row in rows if row.kind.topic == topic])
    ]


def kind_rows(kinds: list[Kind], *, now: datetime) -> list[KindRow]:
    """What is set about these kinds, and their figures; four queries."""
    codes = [kind.code for kind in kinds]
    held = {row.kind: row for row in KindSetting.objects.filter(kind__in=codes)}
    own = dict(
        KindText.objects.filter(kind__in=codes)
        .order_by()
        .values_list("kind")
        .annotate(Count("pk"))
    )
    figures = _figures(codes, now - COUNTED)
    return [
        KindRow(
            kind=kind,
            is_on=held[kind.code].is_on if kind.code in held else True,
            lead=held[kind.code].lead if kind.code in held else "",
            own_texts=own.get(kind.code, 0),
            figures=Figures(**figures[kind.code]),
        )
        for kind in kinds
    ]


def _figures(codes: list[str], since: datetime) -> dict[str, dict[str, int]]:
    """Messages by kind and fate; on two channels it is two that were sent."""
    figures = {code: {} for code in codes}
    sent = (
        Delivery.objects.filter(
            notification__kind__in=codes,
            created_at__gte=since,
            send_state__in=(SendState.SENT, SendState.FAILED, SendState.DROPPED),
        )
        .order_by()
        .values_list("notification__kind", "send_state")
        .annotate(count=Count("pk"))
    )
    unsent = (
        Notification.objects.filter(
            kind__in=codes,
            due_at__gte=since,
            outbox_state__in=(OutboxState.DROPPED, OutboxState.STALE),
        )
        .order_by()
        .values_list("kind", "outbox_state")
        .annotate(count=Count("pk"))
    )
    for code, state, count in (*sent, *unsent):
        figures[code][state] = figures[code].get(state, 0) + count
    return figures
