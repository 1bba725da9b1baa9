"""Pages of the admin site for turnout: hours and disputes; to look at."""

from collections.abc import Callable

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission, scope_filter
from volunteers.models import HoursDispute, ServiceRecord
from volunteers.queries.hours_desk import records_to_decide


def _to_decide(state: str) -> Callable[[models.QuerySet, User], models.QuerySet]:
    def narrow(rows: models.QuerySet, user: User) -> models.QuerySet:
        found = records_to_decide(user, state=state).order_by()
        return rows.filter(pk__in=found.values("pk"))

    return narrow


@admin.register(ServiceRecord)
class ServiceRecordAdmin(ScopedAdmin):
    """Hours of service; they are confirmed and put right on the portal's pages."""

    view_permission = Permission.PEOPLE_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    queues = (
        Waiting(
            "confirm",
            _("待确认服务时长"),
            _to_decide(ServiceRecord.State.RECORDED),
            Permission.HOURS_OVERSEE,
        ),
        Waiting(
            "late",
            _("待审核补录时长"),
            _to_decide(ServiceRecord.State.IN_REVIEW),
            Permission.HOURS_OVERSEE,
        ),
    )
    list_display = (
        "volunteer",
        "content",
        "organization",
        "starts_at",
        "minutes",
        "level",
        "state",
    )
    list_filter = ("state", "kind", "level", ("starts_at", DayRangeFilter))
    list_select_related = ("volunteer__user", "organization", "activity__organization")
    search_fields = (
        "content",
        "volunteer__user__display_name",
        "volunteer__user__username",
        "organization__name",
        "organization__initials",
    )
    search_help_text = _("按姓名、服务内容或党组织（拼音首字母）查找")
    fields = (
        "volunteer",
        "activity",
        "shift",
        "organization",
        "content",
        "starts_at",
        "ends_at",
        "minutes",
        "kind",
        "level",
        "state",
        "reason",
        "recorded_at",
        "recorded_by",
        "decided_at",
        "decided_by",
        "answer",
        "corrects",
    )
    readonly_fields = fields

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """Those whom the user may look up as people."""
        return rows.filter(
            scope_filter(
                user, Permission.PEOPLE_VIEW, organization="activity__organization"
            )
        )


@admin.register(HoursDispute)
class HoursDisputeAdmin(ScopedAdmin):
    """Disputes and what was answered."""

    view_permission = Permission.PEOPLE_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("shift_shown", "volunteer_shown", "state", "created_at")
    list_filter = ("state", ("created_at", DayRangeFilter))
    list_select_related = ("signup__shift__activity", "signup__volunteer__user")
    search_fields = (
        "signup__shift__activity__title",
        "signup__volunteer__user__display_name",
    )
    search_help_text = _("按活动或姓名查找")
    fields = (
        "shift_shown",
        "volunteer_shown",
        "text",
        "state",
        "created_at",
        "answer",
        "answered_at",
        "answered_by",
    )
    readonly_fields = fields

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """Those whom the user may look up as people."""
        return rows.filter(
            scope_filter(
                user,
                Permission.PEOPLE_VIEW,
                organization="signup__shift__activity__organization",
            )
        )

    @admin.display(description=_("班次"))
    def shift_shown(self, dispute: HoursDispute) -> str:
        return str(dispute.signup.shift)

    @admin.display(description=_("志愿者"))
    def volunteer_shown(self, dispute: HoursDispute) -> str:
        return str(dispute.signup.volunteer)
