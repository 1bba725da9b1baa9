"""Messages to people: whether they went out, and what is stuck."""

from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.admin.message_kinds import kind_links, kind_urls
from communities.admin_base import Link, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission, has_permission


class NotificationAdmin(ScopedAdmin):
    """Messages without their text: that is between the portal and the person."""

    view_permission = Permission.PEOPLE_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("title", "recipient", "outbox_state", "due_at")
    list_filter = ("outbox_state", ("due_at", DayRangeFilter))
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

    def get_urls(self) -> list[URLPattern]:
        """The register's pages, and those of the kinds."""
        return kind_urls() + super().get_urls()

    def links(self, request: HttpRequest) -> list[Link]:
        return kind_links(request)

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """All messages: `visible_to` speaks of the reader's own inbox."""
        return rows if has_permission(user, Permission.PEOPLE_VIEW) else rows.none()
