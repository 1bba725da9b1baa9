"""Micro-wishes, to look at: without the resident and without who claimed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission
from communities.queries.wishes import wishes_visible_to


class WishAdmin(ScopedAdmin):
    """Which small wish of which community stands where; it changes on its own page."""

    view_permission = Permission.NEED_VIEW
    list_display = ("title", "community", "category", "wanted_by", "state")
    list_filter = (
        "state",
        "category",
        "community__subdistrict",
        ("published_at", DayRangeFilter),
    )
    list_select_related = ("community",)
    search_fields = ("title", "community__name", "community__initials")
    search_help_text = _("按心愿或社区名称（或拼音首字母）查找")
    fields = (
        "title",
        "community",
        "category",
        "text",
        "wanted_by",
        "state",
        "state_changed_at",
        "published_at",
        "ended_at",
        "contact_erased_at",
        "created_at",
        "created_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=wishes_visible_to(user).order_by().values("pk"))
