"""Decisions on activities, and the usual reasons to return one, in the admin site."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Activity, ReturnReason, Review, ReviewPoint
from communities.admin_base import ReadOnlyInline, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


@admin.register(ReturnReason)
class ReturnReasonAdmin(ScopedAdmin):
    """What reviewers choose from; a closed reason is offered no more.

    Returns keep the words they were given with.
    """

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    list_display = ("text", "field", "is_open", "position")
    list_filter = ("field", "is_open")
    search_fields = ("text",)
    search_help_text = gettext_lazy("按理由查找")
    fields = ("text", "field", "is_open", "position")


class ReviewPointInline(ReadOnlyInline):
    """What was to be mended, field by field."""

    model = ReviewPoint
    view_permission = Permission.ACTIVITY_VIEW
    fields = ("field", "text")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("review__activity")


@admin.register(Review)
class ReviewAdmin(ScopedAdmin):
    """Who decided what on which activity, and why."""

    view_permission = Permission.ACTIVITY_VIEW
    inlines = [ReviewPointInline]
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("activity", "decision", "reason", "reviewed_at", "reviewed_by")
    list_filter = ("decision", ("reviewed_at", DayRangeFilter))
    list_select_related = ("activity", "reviewed_by")
    search_fields = ("activity__title", "activity__organization__name")
    search_help_text = gettext_lazy("按活动或党组织名称查找")
    fields = ("activity", "decision", "reason", "reviewed_at", "reviewed_by")

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        visible = Activity.objects.visible_to(user).order_by()
        return rows.filter(activity__in=visible.values("pk"))
