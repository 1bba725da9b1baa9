"""Messages to people: whether they went out, and what is stuck."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import stuck
from accounts.models import Delivery, User
from communities.admin_actions import row_action
from communities.admin_base import Queue, ScopedAdmin
from communities.permissions import Permission, has_permission

# The right only the office has to run the portal.
RUNS_MAIL = Permission.CAMPAIGN_MANAGE


@row_action(description=gettext_lazy("重新发送"), needs=RUNS_MAIL, with_reason=True)
def resend(request: HttpRequest, row: Delivery, reason: str) -> None:
    stuck.resend(delivery=row, reason=reason, by=request.user, now=timezone.now())


@row_action(description=gettext_lazy("作废"), needs=RUNS_MAIL, with_reason=True)
def drop(request: HttpRequest, row: Delivery, reason: str) -> None:
    stuck.drop(delivery=row, reason=reason, by=request.user, now=timezone.now())


class NotificationAdmin(ScopedAdmin):
    """Messages without their text: that is between the portal and the person."""

    view_permission = Permission.PEOPLE_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("title", "recipient", "outbox_state", "due_at")
    list_filter = ("outbox_state", ("due_at", admin.DateFieldListFilter))
    list_select_related = ("recipient",)
    search_fields = ("recipient__display_name", "recipient__username", "title")
    search_help_text = gettext_lazy("按收件人或标题查找")
    fields = (
        "recipient",
        "kind",
        "title",
        "created_at",
        "due_at",
        "expires_at",
        "read_at",
        "outbox_state",
    )
    readonly_fields = fields

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """All messages: `visible_to` speaks of the reader's own inbox."""
        return rows if has_permission(user, Permission.PEOPLE_VIEW) else rows.none()


class DeliveryAdmin(ScopedAdmin):
    """How messages left the portal; failed and stuck ones are settled here."""

    view_permission = Permission.PEOPLE_VIEW
    actions = [resend, drop]
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("notification", "recipient", "channel", "send_state", "due_at")
    list_filter = ("send_state", "channel", ("due_at", admin.DateFieldListFilter))
    list_select_related = ("notification__recipient",)
    search_fields = (
        "notification__recipient__display_name",
        "notification__recipient__username",
        "notification__title",
    )
    search_help_text = gettext_lazy("按收件人或标题查找")
    fields = (
        "notification",
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

    @admin.display(description=gettext_lazy("收件人"))
    def recipient(self, row: Delivery) -> str:
        return str(row.notification.recipient)

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """All deliveries, for those who may see people."""
        return rows if has_permission(user, Permission.PEOPLE_VIEW) else rows.none()

    def waiting(self, request: HttpRequest) -> list[Queue]:
        if not self.allows(request, RUNS_MAIL):
            return []
        rows = self.get_queryset(request)
        failed = rows.filter(send_state=Delivery.SendState.FAILED)
        stuck_rows = rows.stuck(timezone.now())
        page = reverse("admin:accounts_delivery_changelist")
        return [
            Queue(
                _("发送失败的消息"), failed.count(), f"{page}?send_state__exact=failed"
            ),
            Queue(
                _("卡住的消息"),
                stuck_rows.count(),
                f"{page}?send_state__exact=sending",
            ),
        ]
