"""Tasks in the admin site: to find and look at."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from campaigns.models import Task, TaskAssignment
from communities.admin_base import ReadOnlyInline, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


class TaskAssignmentInline(ReadOnlyInline):
    """Who has the task, and how far they have come."""

    model = TaskAssignment
    view_permission = Permission.TASK_VIEW
    fields = ("organization", "state", "assigned_at", "fulfilled_at", "overdue_step")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("organization", "task")


@admin.register(Task)
class TaskAdmin(ScopedAdmin):
    """Tasks, to find and look at; handing out has its own pages."""

    view_permission = Permission.TASK_VIEW
    inlines = [TaskAssignmentInline]
    sortable_by = ("due_on",)
    list_display = ("title", "initiative", "due_on", "state", "issued_by")
    list_filter = (
        "state",
        "initiative__pillar",
        "campaign",
        ("due_on", DayRangeFilter),
    )
    list_select_related = ("initiative", "issued_by")
    search_fields = ("title", "initiative__title")
    search_help_text = gettext_lazy("按任务名称或举措查找")
    fields = (
        "title",
        "state",
        "campaign",
        "initiative",
        "text",
        "due_on",
        "needed_count",
        "issued_at",
        "issued_by",
    )
