"""How the portal runs: files made in the background, jobs of the clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


class ExportJobAdmin(ScopedAdmin):
    """Who asked for which large file; the file itself is its owner's alone."""

    view_permission = Permission.AUDIT_VIEW
    view_on_site = False
    sortable_by = ()
    list_display = ("title", "owner", "state", "done", "total", "created_at")
    list_filter = ("state", ("created_at", DayRangeFilter))
    list_select_related = ("owner",)
    search_fields = ("title", "owner__display_name", "owner__username")
    search_help_text = _("按名称或申请人查找")
    fields = (
        "title",
        "owner",
        "state",
        "state_changed_at",
        "done",
        "total",
        "attempts",
        "size",
        "error",
        "created_at",
        "finished_at",
    )


def _failed(rows: models.QuerySet, _user: User) -> models.QuerySet:
    """Failed, and not ended well since."""
    return rows.filter(failed_at__isnull=False).exclude(
        finished_at__gt=models.F("failed_at")
    )


class PeriodicJobAdmin(ScopedAdmin):
    """When each job of the clock ran last, and how it ended."""

    view_permission = Permission.AUDIT_VIEW
    ordering = ("name",)
    sortable_by = ()
    queues = (
        Waiting("failed", _("失败的定时任务"), _failed, Permission.CAMPAIGN_MANAGE),
    )
    list_display = ("name", "started_at", "finished_at", "failed_at", "runs")
    list_filter = (("started_at", DayRangeFilter),)
    search_fields = ("name",)
    search_help_text = _("按任务查找")
    fields = ("name", "slot", "runs", "started_at", "finished_at", "failed_at", "error")
