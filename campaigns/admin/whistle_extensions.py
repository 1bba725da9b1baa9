"""More time for whistles in the admin site: asked for, granted or not."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import WhistleExtension, WhistleResponse
from communities.admin_base import ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


@admin.register(WhistleExtension)
class WhistleExtensionAdmin(ScopedAdmin):
    """Which unit asked for more time, until when, and what was answered."""

    view_permission = Permission.WHISTLE_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("whistle", "organization", "until", "state", "asked_at")
    list_filter = ("state", ("asked_at", DayRangeFilter), ("until", DayRangeFilter))
    list_select_related = ("response__whistle", "response__organization")
    search_fields = (
        "response__whistle__number",
        "response__whistle__title",
        "response__organization__name",
        "response__organization__initials",
    )
    search_help_text = _("按吹哨编号、事由或党组织名称（或拼音首字母）查找")
    fields = (
        "response",
        "until",
        "reason",
        "state",
        "state_changed_at",
        "answer",
        "asked_at",
        "asked_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        visible = WhistleResponse.objects.visible_to(user).order_by()
        return rows.filter(response__in=visible.values("pk"))

    @admin.display(description=_("吹哨"))
    def whistle(self, row: WhistleExtension) -> str:
        return str(row.response.whistle)

    @admin.display(description=_("党组织"))
    def organization(self, row: WhistleExtension) -> str:
        return str(row.response.organization)
