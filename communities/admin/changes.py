"""Dated changes of the registers, to look at; they are made on their own pages."""

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.models import RegisterChange
from communities.permissions import Permission
from communities.queries.changes import DESK_AHEAD, describe_change


def _coming(rows: models.QuerySet, _user: User) -> models.QuerySet:
    last = timezone.localdate() + DESK_AHEAD
    return rows.filter(state=RegisterChange.State.PLANNED, effective_on__lte=last)


class RegisterChangeAdmin(ScopedAdmin):
    """What changed or will change about organisations and communities."""

    view_permission = Permission.ADMIN_ENTER
    view_on_site = False  # its page is for who keeps the registers
    queues = (
        Waiting(
            "failed",
            _("未能生效的名册变更"),
            lambda rows, _user: rows.filter(state=RegisterChange.State.FAILED),
            Permission.REGISTER_MANAGE,
        ),
        Waiting("coming", _("近期生效的名册变更"), _coming, Permission.REGISTER_MANAGE),
    )
    list_display = ("target_name", "kind", "effective_on", "document", "state")
    list_filter = ("state", "kind", ("effective_on", DayRangeFilter))
    list_select_related = ("organization", "community", "created_by")
    search_fields = (
        "organization__name",
        "organization__initials",
        "community__name",
        "community__initials",
        "document",
    )
    search_help_text = _("按党组织、社区名称（或拼音首字母）或文号查找")
    fields = (
        "kind",
        "organization",
        "community",
        "effective_on",
        "contents",
        "document",
        "reason",
        "state",
        "state_changed_at",
        "refusal",
        "created_at",
        "created_by",
    )
    readonly_fields = ("contents",)

    @admin.display(description=_("对象"))
    def target_name(self, row: RegisterChange) -> str:
        return str(row.target)

    @admin.display(description=_("内容"))
    def contents(self, row: RegisterChange) -> str:
        lines = describe_change(row)
        return "；".join(f"{label} {value}" for label, value in lines) or "—"
