"""Whistles in the admin site: categories with their clocks, and two registers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import (
    Urgency,
    Whistle,
    WhistleCategory,
    WhistleClock,
    WhistleResponse,
)
from campaigns.queries.whistle_rows import with_due
from communities.admin_base import Policy, ReadOnlyInline, ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission
from core import audit
from core.working_hours import minutes_of_a_day

MOST_HOURS = 2000
HOURS = ("dispatch_hours", "accept_hours", "handle_hours")


class HoursFormSet(forms.BaseInlineFormSet):
    """One clock for each urgency; rows to be filled in name theirs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        held = set()
        if kwargs.get("instance") is not None and kwargs["instance"].pk:
            held = {clock.urgency for clock in kwargs["queryset"]}
        kwargs["initial"] = [
            {"urgency": urgency} for urgency in Urgency.values if urgency not in held
        ]
        super().__init__(*args, **kwargs)


class WhistleClockInline(Policy, admin.TabularInline):
    """The hours of a category, a row for each urgency; none may be missing."""

    model = WhistleClock
    formset = HoursFormSet
    view_permission = Permission.WHISTLE_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    can_delete = False
    view_on_site = False
    fields = ("urgency", *HOURS)
    extra = 0
    min_num = max_num = len(Urgency)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("category")

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in HOURS:
            kwargs |= {"min_value": 1, "max_value": MOST_HOURS}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:  # in a table only the column's heading names it
            field.widget.attrs["aria-label"] = field.label
        return field


@admin.register(WhistleCategory)
class WhistleCategoryAdmin(ScopedAdmin):
    """What a whistle may be about, and how long each step may take."""

    view_permission = Permission.WHISTLE_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    inlines = [WhistleClockInline]
    list_display = ("title", "is_open", "position")
    list_filter = ("is_open",)
    search_fields = ("title",)
    search_help_text = gettext_lazy("按类别名称查找")
    fields = ("title", "is_open", "position")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        hours = f"{minutes_of_a_day() / 60:g}"
        description = _(
            "停用的类别不能再用来吹哨，已有的不受影响。"
            "时限按工作小时填写，%(hours)s 小时为一个工作日；"
            "修改只对以后开始的计时有效。"
        ) % {"hours": hours}
        fields = self.get_fields(request, obj)
        return [(None, {"fields": fields, "description": description})]

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        """Save the clocks that changed, each with a line in the audit log."""
        for clock in formset.save(commit=False):
            is_new = clock.pk is None
            names = [row for row in formset.forms if row.instance is clock]
            fields = [name for row in names for name in row.changed_data]
            clock.save(update_fields=None if is_new else fields)
            audit.record(
                f"campaigns.whistle_clock_{'created' if is_new else 'changed'}",
                target=clock,
                by=request.user,
                fields=fields,
                hours=[getattr(clock, name) for name in HOURS],
            )


class WhistleResponseInline(ReadOnlyInline):
    """Who was asked, and how far they are."""

    model = WhistleResponse
    view_permission = Permission.WHISTLE_VIEW
    fields = ("organization", "state", "asked_at", "accepted_at", "delivered_at")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("organization", "whistle")


def _overdue(rows: models.QuerySet, _user: User) -> models.QuerySet:
    return with_due(rows.under_way()).filter(next_due_at__lt=timezone.now())


@admin.register(Whistle)
class WhistleAdmin(ScopedAdmin):
    """Whistles, to find and look at; how to reach a resident is not here."""

    view_permission = Permission.WHISTLE_VIEW
    inlines = [WhistleResponseInline]
    queues = (
        Waiting(
            "overdue", gettext_lazy("超时吹哨"), _overdue, Permission.WHISTLE_DISPATCH
        ),
    )
    sortable_by = ("issued_at",)
    list_display = (
        "title",
        "number",
        "community",
        "category",
        "urgency",
        "state",
        "issued_at",
    )
    list_filter = (
        "state",
        "category",
        "urgency",
        ("issued_at", DayRangeFilter),
    )
    list_select_related = ("community", "category")
    search_fields = ("number", "title", "community__name", "community__initials")
    search_help_text = gettext_lazy("按编号、事由或社区名称（或拼音首字母）查找")
    fields = (
        "number",
        "community",
        "category",
        "urgency",
        "title",
        "text",
        "place",
        "needs_people",
        "needs_things",
        "needs_skill",
        "wanted_by",
        "state",
        "state_changed_at",
        "issued_at",
        "delivered_at",
        "ended_at",
        "due_at",
        "overdue_step",
        "returned_count",
        "reopened_count",
        "resolution",
        "is_satisfied",
        "rated_at",
        "merged_into",
    )


@admin.register(WhistleResponse)
class WhistleResponseAdmin(ScopedAdmin):
    """Who was asked to answer what, and when they did."""

    view_permission = Permission.WHISTLE_VIEW
    sortable_by = ("asked_at", "due_at")
    list_display = (
        "whistle",
        "organization",
        "state",
        "asked_at",
        "accepted_at",
        "delivered_at",
        "due_at",
    )
    list_filter = ("state", "delivered_late", ("asked_at", DayRangeFilter))
    list_select_related = ("whistle", "organization")
    search_fields = (
        "whistle__number",
        "whistle__title",
        "organization__name",
        "organization__unit_name",
        "organization__initials",
    )
    search_help_text = gettext_lazy("按吹哨编号、事由或党组织名称（或拼音首字母）查找")
    fields = (
        "whistle",
        "organization",
        "state",
        "state_changed_at",
        "by_dispatcher",
        "note",
        "asked_at",
        "asked_by",
        "accept_due_at",
        "accepted_at",
        "due_at",
        "overdue_step",
        "delivered_at",
        "delivered_late",
    )
