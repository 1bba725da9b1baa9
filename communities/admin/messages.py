"""Messages to people: whether their mail went out."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Notification, User
from accounts.stuck_mail import STUCK_AFTER, EmailState, drop_email, requeue_email
from communities.admin_actions import row_action
from communities.admin_base import Queue, ScopedAdmin
from communities.permissions import Permission, has_permission

# The right only the office has to run the portal.
RUNS_MAIL = Permission.CAMPAIGN_MANAGE


@row_action(description=gettext_lazy("重新发送邮件"), needs=RUNS_MAIL)
def requeue(request: HttpRequest, row: Notification, reason: str) -> None:
    requeue_email(notification=row, by=request.user, now=timezone.now())


@row_action(description=gettext_lazy("作废邮件"), needs=RUNS_MAIL)
def drop(request: HttpRequest, row: Notification, reason: str) -> None:
    drop_email(notification=row, by=request.user, now=timezone.now())


class NotificationAdmin(ScopedAdmin):
    """Messages without their text: that is between the portal and the person."""

    view_permission = Permission.PEOPLE_VIEW
    actions = [requeue, drop]
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("title", "recipient", "email_state", "due_at", "email_attempts")
    list_filter = ("email_state", ("due_at", admin.DateFieldListFilter))
    list_select_related = ("recipient",)
    search_fields = ("recipient__display_name", "recipient__username", "title")
    search_help_text = gettext_lazy("按收件人或标题查找")
    fields = (
        "recipient",
        "kind",
        "title",
        "created_at",
        "due_at",
        "read_at",
        "email_state",
        "email_claimed_at",
        "email_sent_at",
        "email_attempts",
        "email_error",
    )
    readonly_fields = fields

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """All messages: `visible_to` speaks of the reader's own inbox."""
        return rows if has_permission(user, Permission.PEOPLE_VIEW) else rows.none()

    def waiting(self, request: HttpRequest) -> list[Queue]:
        if not self.allows(request, RUNS_MAIL):
            return []
        rows = self.get_queryset(request)
        failed = rows.filter(email_state=EmailState.FAILED)
        stuck = rows.filter(
            email_state=EmailState.CLAIMED,
            email_claimed_at__lte=timezone.now() - STUCK_AFTER,
        )
        page = reverse("admin:accounts_notification_changelist")
        return [
            Queue(
                _("发送失败的邮件"), failed.count(), f"{page}?email_state__exact=failed"
            ),
            Queue(_("卡住的邮件"), stuck.count(), f"{page}?email_state__exact=claimed"),
        ]
