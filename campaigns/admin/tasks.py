"""Tasks in the admin site: to find and look at."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Task, TaskAssignment, TaskReport
from communities.admin_base import ReadOnlyInline, ScopedAdmin, Waiting
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


class TaskReportInline(ReadOnlyInline):
    """What the organisation told of its progress."""

    model = TaskReport
    view_permission = Permission.TASK_VIEW
    fields = ("text", "created_at", "created_by")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("created_by")


def _overdue(rows: models.QuerySet, _user: User) -> models.QuerySet:
    return rows.overdue(timezone.localdate())


@admin.register(TaskAssignment)
class TaskAssignmentAdmin(ScopedAdmin):
    """Which organisation has which task, and how far it is."""

    view_permission = Permission.TASK_VIEW
    inlines = [TaskReportInline]
    queues = (
        Waiting(
            "overdue",
            gettext_lazy("逾期未完成的任务"),
            _overdue,
            Permission.TASK_ASSIGN,
        ),
    )
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("task", "organization", "state", "assigned_at", "fulfilled_at")
    list_filter = (
        "state",
        ("assigned_at", DayRangeFilter),
        ("task__due_on", DayRangeFilter),
    )
    list_select_related = ("task", "organization")
    search_fields = (
        "task__title",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
    )
    search_help_text = gettext_lazy("按任务、党组织（或拼音首字母）或单位查找")
    fields = (
        "task",
        "organization",
        "state",
        "state_changed_at",
        "assigned_at",
        "fulfilled_at",
        "overdue_step",
        "continued_by",
    )
