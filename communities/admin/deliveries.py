"""How messages left the portal: what is stuck, and how the outbox is doing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Channel, Delivery, User
from accounts.notifications import stuck
from accounts.notifications.kinds import KINDS
from accounts.notifications.outbox import deliveries_by_state, stale_by_kind, waiting
from communities.admin.job_names import every, job_name
from communities.admin_actions import row_action
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission, has_permission
from core.periodic import heartbeats, last_heartbeat

# The right only the office has to run the portal.
RUNS_MAIL = Permission.CAMPAIGN_MANAGE
OUTBOX = "accounts_delivery_outbox"
DAY, MONTH = timedelta(days=1), timedelta(days=30)


@row_action(
    description=gettext_lazy("重新发送"),
    needs=RUNS_MAIL,
    follows=(
        gettext_lazy("立即按原渠道再发一次，重试次数从头计。"),
        gettext_lazy("卡住的消息可能已经送达，收件人或许会收到两次；发出后不能收回。"),
    ),
    with_reason=True,
)
def resend(request: HttpRequest, row: Delivery, reason: str) -> None:
    stuck.resend(delivery=row, reason=reason, by=request.user, now=timezone.now())


@row_action(
    description=gettext_lazy("作废"),
    needs=RUNS_MAIL,
    follows=(
        gettext_lazy("不再经这一渠道发送，以后也不能重新发送。"),
        gettext_lazy("收件人不另外收到通知；消息仍留在本人的站内消息里。"),
    ),
    with_reason=True,
)
def drop(request: HttpRequest, row: Delivery, reason: str) -> None:
    stuck.drop(delivery=row, reason=reason, by=request.user, now=timezone.now())


def kind_label(code: str) -> str:
    """The kind as the office calls it, or its code when it is no more."""
    return str(KINDS[code].label) if code in KINDS else code


class KindFilter(admin.SimpleListFilter):
    """By kind of message."""

    title = gettext_lazy("类型")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable:
        return [(code, kind.label) for code, kind in KINDS.items()]

    def queryset(self, request: HttpRequest, rows: models.QuerySet) -> models.QuerySet:
        return rows.filter(notification__kind=self.value()) if self.value() else rows


def _due(rows: models.QuerySet, _user: User) -> models.QuerySet:
    return rows.filter(
        channel__in=Channel.values,
        send_state=Delivery.SendState.DUE,
        due_at__lte=timezone.now(),
    )


class DeliveryAdmin(ScopedAdmin):
    """How messages left the portal; failed and stuck ones are settled here."""

    view_permission = Permission.PEOPLE_VIEW
    actions = [resend, drop]
    queues = (
        Waiting("due", gettext_lazy("到时未发的消息"), _due, RUNS_MAIL),
        Waiting(
            "failed",
            gettext_lazy("发送失败的消息"),
            lambda rows, _user: rows.filter(send_state=Delivery.SendState.FAILED),
            RUNS_MAIL,
        ),
        Waiting(
            "stuck",
            gettext_lazy("卡住的消息"),
            lambda rows, _user: rows.stuck(timezone.now()),
            RUNS_MAIL,
        ),
    )
    list_per_page = 100
    ordering = ("-pk",)
    sortable_by = ()
    list_display = (
        "kind",
        "recipient",
        "channel",
        "send_state",
        "due_at",
        "attempts",
        "error",
    )
    list_filter = (
        "send_state",
        "channel",
        ("due_at", DayRangeFilter),
        KindFilter,
    )
    list_select_related = ("notification__recipient",)
    search_fields = (
        "notification__recipient__display_name",
        "notification__recipient__username",
    )
    search_help_text = gettext_lazy("按收件人查找")
    fields = (
        "kind",
        "recipient",
        "channel",
        "send_state",
        "created_at",
        "due_at",
        "started_at",
        "sent_at",
        "attempts",
        "error",
    )
    readonly_fields = fields

    @admin.display(description=gettext_lazy("类型"))
    def kind(self, row: Delivery) -> str:
        return kind_label(row.notification.kind)

    @admin.display(description=gettext_lazy("收件人"))
    def recipient(self, row: Delivery) -> str:
        return str(row.notification.recipient)

    def row_label(self, row: Delivery) -> str:
        return f"{self.kind(row)} · {self.recipient(row)}（{row}）"

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """All deliveries, for those who may see people."""
        return rows if has_permission(user, Permission.PEOPLE_VIEW) else rows.none()

    def get_urls(self) -> list[URLPattern]:
        page = path("outbox/", self.admin_site.admin_view(self.outbox), name=OUTBOX)
        return [page, *super().get_urls()]

    def outbox(self, request: HttpRequest) -> HttpResponse:
        """How the outbox is doing: heartbeat, what waits, what became of the rest."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": _("发件箱"),
            "opts": self.opts,
            "now": now,
            "waiting": waiting(now),
            "heartbeat": _moment(last_heartbeat(now), now),
            "jobs": [
                (job_name(job.name), every(job.seconds), job) for job in heartbeats(now)
            ],
            "states": Delivery.SendState.labels,
            "spans": [
                (_("24 小时"), _states(now - DAY)),
                (_("30 天"), _states(now - MONTH)),
            ],
            "stale": [
                (kind_label(code), count)
                for code, count in stale_by_kind(now - MONTH).items()
            ],
        }
        return TemplateResponse(request, "admin/outbox.html", context)


def _moment(seconds: float | None, now: datetime) -> datetime | None:
    return None if seconds is None else now - timedelta(seconds=seconds)


def _states(since: datetime) -> list[tuple[str, list[int]]]:
    """Each channel in use with its counts, in the order of the states."""
    counts = deliveries_by_state(since)
    return [
        (label, [counts.get((code, state), 0) for state in Delivery.SendState.values])
        for code, label in Channel.choices
        if any(channel == code for channel, _state in counts)
    ]
