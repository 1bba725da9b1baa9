"""How shifts are planned, filled and walked through, in the admin site; to look at."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission, scope_filter
from volunteers.models import (
    Attendance,
    Invitation,
    ShiftMessage,
    ShiftRule,
    SignupGroup,
)


class PeopleOfShifts(ScopedAdmin):
    """Rows that hang on a shift and name people: for those who may look them up."""

    view_permission = Permission.PEOPLE_VIEW
    view_on_site = False  # some addresses hold a secret of the people concerned
    organization = "shift__activity__organization"
    ordering = ("-pk",)
    sortable_by = ()

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """Those whom the user may look up as people."""
        condition = scope_filter(
            user, Permission.PEOPLE_VIEW, organization=self.organization
        )
        return rows.filter(condition)


@admin.register(ShiftRule)
class ShiftRuleAdmin(ScopedAdmin):
    """Rules that make shifts week by week."""

    view_permission = Permission.ACTIVITY_VIEW
    view_on_site = False
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("title", "activity", "days", "from_on", "until_on", "state")
    list_filter = ("state", ("from_on", DayRangeFilter), ("until_on", DayRangeFilter))
    list_select_related = ("activity",)
    search_fields = ("title", "activity__title", "activity__organization__name")
    search_help_text = _("按岗位、活动或党组织查找")
    fields = (
        "activity",
        "title",
        "days",
        "starts_time",
        "ends_time",
        "from_on",
        "until_on",
        "skips_holidays",
        "place",
        "community",
        "capacity",
        "state",
        "state_changed_at",
    )
    readonly_fields = ("days",)

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        condition = scope_filter(
            user, Permission.ACTIVITY_VIEW, organization="activity__organization"
        )
        return rows.filter(condition)

    @admin.display(description=_("星期"))
    def days(self, rule: ShiftRule) -> str:
        return rule.days_text


@admin.register(SignupGroup)
class SignupGroupAdmin(PeopleOfShifts):
    """Groups that signed up together; companions are known to their contact only."""

    list_display = ("shift", "kind", "organization", "contact", "created_at")
    list_filter = ("kind", ("created_at", DayRangeFilter))
    list_select_related = ("shift__activity", "organization", "contact__user")
    search_fields = ("shift__activity__title", "organization__name")
    search_help_text = _("按活动或党组织查找")
    fields = ("shift", "kind", "organization", "contact", "created_at")


@admin.register(Invitation)
class InvitationAdmin(PeopleOfShifts):
    """Who was invited. What they answered needs no reason and is in no list."""

    list_display = ("shift", "volunteer", "invited_at", "invited_by")
    list_filter = (("invited_at", DayRangeFilter),)
    list_select_related = ("shift__activity", "volunteer__user", "invited_by")
    search_fields = ("shift__activity__title", "invited_by__display_name")
    search_help_text = _("按活动或邀请人查找")
    fields = ("shift", "volunteer", "invited_at", "invited_by")


@admin.register(ShiftMessage)
class ShiftMessageAdmin(PeopleOfShifts):
    """What was said to the people of a shift, and to how many."""

    list_display = ("shift", "recipient_count", "sent_at", "sent_by")
    list_filter = (("sent_at", DayRangeFilter),)
    list_select_related = ("shift__activity", "sent_by")
    search_fields = ("shift__activity__title", "sent_by__display_name")
    search_help_text = _("按活动或发送人查找")
    fields = ("shift", "to_waiting", "recipient_count", "sent_at", "sent_by")


@admin.register(Attendance)
class AttendanceAdmin(PeopleOfShifts):
    """Who came and went when; who did not come has no row."""

    organization = "signup__shift__activity__organization"
    list_display = (
        "shift_shown",
        "volunteer_shown",
        "checked_in_at",
        "check_in_method",
        "checked_out_at",
        "check_out_method",
    )
    list_filter = ("check_in_method", ("checked_in_at", DayRangeFilter))
    list_select_related = ("signup__shift__activity", "signup__volunteer__user")
    search_fields = (
        "signup__shift__activity__title",
        "signup__volunteer__user__display_name",
    )
    search_help_text = _("按活动或姓名查找")
    fields = (
        "shift_shown",
        "volunteer_shown",
        "heads",
        "checked_in_at",
        "check_in_method",
        "checked_in_by",
        "checked_out_at",
        "check_out_method",
        "checked_out_by",
    )
    readonly_fields = fields

    @admin.display(description=_("班次"))
    def shift_shown(self, row: Attendance) -> str:
        return str(row.signup.shift)

    @admin.display(description=_("志愿者"))
    def volunteer_shown(self, row: Attendance) -> str:
        return str(row.signup.volunteer)
