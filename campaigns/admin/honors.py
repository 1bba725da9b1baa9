"""Honours in the admin site: to find and look at; they change on their own pages."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Honor, HonorCheck
from campaigns.queries.honors import honors_listed_for
from communities.admin_base import ReadOnlyInline, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


class HonorCheckInline(ReadOnlyInline):
    """The yearly checks, the latest first."""

    model = HonorCheck
    view_permission = Permission.HONOR_VIEW
    fields = ("due_on", "passed", "note", "checked_at", "checked_by")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("checked_by", "honor")


@admin.register(Honor)
class HonorAdmin(ScopedAdmin):
    """Honours and where they stand.

    Objections are not here: only those who check honours know who made them.
    """

    view_permission = Permission.HONOR_VIEW
    inlines = [HonorCheckInline]
    sortable_by = ("awarded_on", "check_due_on")
    list_display = (
        "holder",
        "kind",
        "organization",
        "community",
        "state",
        "awarded_on",
        "check_due_on",
    )
    list_filter = ("state", "kind", ("awarded_on", DayRangeFilter))
    list_select_related = ("organization", "community")
    search_fields = (
        "holder",
        "number",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
        "community__name",
        "community__initials",
    )
    search_help_text = _("按称号对象、文号、党组织、单位或社区名称（或拼音首字母）查找")
    fields = (
        "kind",
        "holder",
        "organization",
        "community",
        "text",
        "is_public",
        "state",
        "state_changed_at",
        "created_at",
        "created_by",
        "applied_at",
        "applied_by",
        "notice_starts_on",
        "notice_ends_on",
        "number",
        "awarded_on",
        "check_due_on",
        "ended_on",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        return rows.filter(pk__in=honors_listed_for(user).order_by().values("pk"))
