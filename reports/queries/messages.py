"""The rows behind the report of messages: counts by day, kind and channel."""

from functools import reduce
from operator import or_

from django.db.models import Count, Expression, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.models import Channel, Delivery, Notification, User
from communities.permissions import Permission, scope_filter
from reports.queries.filters import Filters, within_days

INBOX, NO_CHANNEL = "inbox", "none"
CHANNELS = [(INBOX, _("收件箱")), *Channel.choices, (NO_CHANNEL, _("未分发"))]
MESSAGE_STATES = [
    ("sent", _("已发送")),
    ("waiting", _("待发送")),
    ("failed", _("发送失败")),
    ("dropped", _("已作废")),
    ("stale", _("过时未发")),
]
FIELDS = ("day", "code", "way", *(state for state, _label in MESSAGE_STATES))

_NONE = Value(0, output_field=IntegerField())
_Send, _Outbox = Delivery.SendState, Notification.OutboxState
_UNDER_WAY = (_Send.DUE, _Send.CLAIMED, _Send.SENDING)
# What each state means of deliveries, of the inbox and before a channel is chosen.
_OF_DELIVERIES = {
    "sent": Q(send_state=_Send.SENT),
    "waiting": Q(send_state__in=_UNDER_WAY),
    "failed": Q(send_state=_Send.FAILED),
    "dropped": Q(send_state=_Send.DROPPED),
}
_OF_THE_INBOX = {"sent": Q(is_shown=True)}
_WITHOUT_CHANNEL = {
    "waiting": Q(outbox_state=_Outbox.DUE),
    "dropped": Q(outbox_state=_Outbox.DROPPED),
    "stale": Q(outbox_state=_Outbox.STALE),
}


def reported_messages(user: User, filters: Filters) -> QuerySet:
    """Rows of `FIELDS`, the latest day first; nobody who got a message is named.

    The inbox is a channel of its own. Without a channel are messages that were
    withdrawn, came too late, or wait for one to be chosen. The state asked for is one
    of `MESSAGE_STATES`: rows that count any of it. Messages belong to no
    organisation, so they are told to who exports for the whole district.
    """
    parts = [
        (Delivery.objects, _OF_DELIVERIES, "notification__kind", F("channel")),
        (Notification.objects, _OF_THE_INBOX, "kind", Value(INBOX)),
        (Notification.objects, _WITHOUT_CHANNEL, "kind", Value(NO_CHANNEL)),
    ]
    counted = [
        _counted(
            objects.filter(
                scope_filter(user, Permission.REPORT_EXPORT),
                within_days(filters, "created_at"),
            ),
            meanings,
            kind,
            channel,
            filters.state,
        )
        for objects, meanings, kind, channel in parts
        if not filters.state or filters.state in meanings
    ]
    rows = counted[0].union(*counted[1:], all=True) if counted[1:] else counted[0]
    return rows.order_by("-day", "code", "way")


def _counted(
    rows: QuerySet, meanings: dict[str, Q], kind: str, channel: Expression, state: str
) -> QuerySet:
    """Counts of these rows by day and kind, of those that mean anything here."""
    counts = {
        name: Count("pk", filter=meanings[name]) if name in meanings else _NONE
        for name, _label in MESSAGE_STATES
    }
    counted = (
        rows.filter(reduce(or_, meanings.values()))
        .order_by()
        .values(day=TruncDate("created_at"), code=F(kind), way=channel)
        .annotate(**counts)
    )
    if state:
        counted = counted.filter(**{f"{state}__gt": 0})
    return counted.values_list(*FIELDS)
