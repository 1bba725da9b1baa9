"""The report of messages: counts by day, kind and channel, without any person."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import KINDS
from reports.exports.base import (
    MESSAGES,
    PERIOD_FILTERS,
    Report,
    ReportColumn,
)
from reports.exports.reading import CHUNK_ROWS
from reports.queries.messages import CHANNELS, MESSAGE_STATES, reported_messages


class MessageReport(Report):
    """Rows that were counted by the database, with kinds and channels in words."""

    def full_rows(self, rows: QuerySet, boundary: str) -> Iterator[list]:
        channels = dict(CHANNELS)
        for day, code, way, *counts in rows.iterator(CHUNK_ROWS):
            # A kind of long ago may not be registered any more.
            kind = KINDS.get(code)
            words = [kind.topic.label, kind.label] if kind else ["", code]
            yield [day, *map(str, words), str(channels[way]), *counts]


MESSAGES_REPORT = MessageReport(
    slug="messages",
    title=_("提醒与消息"),
    counts=_(
        "每天每类消息每个渠道一行，只计条数，不列收件人。“收件箱”是写入本人收件箱的，"
        "“未分发”是还没有选定渠道、撤回或过时而没有向外发送的。"
    ),
    period=_("期间按消息和发送记录的生成时间计。"),
    states=MESSAGE_STATES,
    rows=reported_messages,
    moment="",
    topic=MESSAGES,
    filters=(*PERIOD_FILTERS, "state"),
    columns=(
        ReportColumn("day", _("日期"), "date", 12),
        ReportColumn("topic", _("主题"), width=16),
        ReportColumn("kind", _("消息类型"), width=24),
        ReportColumn("channel", _("渠道"), width=10),
        *(ReportColumn(name, label, "int", 10) for name, label in MESSAGE_STATES),
    ),
)
