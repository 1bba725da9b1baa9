"""Pages of the admin site for turnout: shifts, sign-ups, volunteers; to look at."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission, scope_filter
from volunteers.models import Shift, Signup, Volunteer
from volunteers.queries.hours_desk import to_be_settled_before, unsettled_shifts


def _late_to_settle(rows: models.QuerySet, _user: User) -> models.QuerySet:
    """Over for longer than the settlement may take, and not settled."""
    before = to_be_settled_before(timezone.localdate())
    late = unsettled_shifts(timezone.now()).filter(ends_at__lt=before)
    return rows.filter(pk__in=late.order_by().values("pk"))


@admin.register(Shift)
class ShiftAdmin(ScopedAdmin):
    """Shifts and how full they are."""

    view_permission = Permission.ACTIVITY_VIEW
    ordering = ("-starts_at", "-pk")
    sortable_by = ("starts_at",)
    queues = (
        Waiting(
            "settle", _("逾期未结算班次"), _late_to_settle, Permission.HOURS_OVERSEE
        ),
    )
    list_display = (
        "title",
        "activity",
        "starts_at",
        "capacity",
        "taken",
        "waiting_count",
        "status_now",
    )
    list_filter = ("state", ("starts_at", DayRangeFilter))
    list_select_related = ("activity",)
    search_fields = (
        "title",
        "place",
        "activity__title",
        "activity__organization__name",
        "activity__organization__initials",
    )
    search_help_text = _("按岗位、地点、活动或党组织（拼音首字母）查找")
    fields = (
        "activity",
        "title",
        "starts_at",
        "ends_at",
        "place",
        "community",
        "capacity",
        "taken",
        "waitlist_capacity",
        "waiting_count",
        "signup_closes_at",
        "state",
        "state_changed_at",
    )
    readonly_fields = fields

    @admin.display(description=_("候补中"))
    def waiting_count(self, shift: Shift) -> int:
        return shift.waiting

    @admin.display(description=_("状态"))
    def status_now(self, shift: Shift) -> str:
        return shift.status_label


class ToldFilter(admin.SimpleListFilter):
    """Narrows the sign-ups by what registers tell of their state."""

    title = _("状态")
    parameter_name = "told"

    def lookups(self, request: HttpRequest, model_admin: ScopedAdmin) -> list[tuple]:
        return Signup.TOLD_CHOICES

    def queryset(self, request: HttpRequest, rows: models.QuerySet) -> models.QuerySet:
        return rows.told_as(self.value()) if self.value() else rows


@admin.register(Signup)
class SignupAdmin(ScopedAdmin):
    """Who signed up for what; places are given and freed on the portal's pages.

    Who did not come, or gave up late, stands on the roll alone.
    """

    view_permission = Permission.PEOPLE_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = (
        "volunteer",
        "phone_shown",
        "shift",
        "state_told",
        "position",
        "created_at",
    )
    list_filter = (ToldFilter, ("created_at", DayRangeFilter))
    list_select_related = ("volunteer__user", "shift__activity")
    search_fields = (
        "volunteer__user__display_name",
        "volunteer__user__username",
        "shift__title",
        "shift__activity__title",
    )
    search_help_text = _("按姓名、用户名、岗位或活动查找")
    fields = (
        "volunteer",
        "phone_shown",
        "shift",
        "heads",
        "state_told",
        "position",
        "created_at",
        "cancelled_at",
    )
    readonly_fields = fields

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        """Those whom the user may look up as people."""
        return rows.filter(
            scope_filter(
                user,
                Permission.PEOPLE_VIEW,
                organization="shift__activity__organization",
            )
        )

    @admin.display(description=_("状态"))
    def state_told(self, signup: Signup) -> str:
        return signup.told

    @admin.display(description=_("手机号"))
    def phone_shown(self, signup: Signup) -> str:
        return signup.volunteer.user.masked_phone


@admin.register(Volunteer)
class VolunteerAdmin(ScopedAdmin):
    """What people told about themselves to take part."""

    view_permission = Permission.PEOPLE_VIEW
    ordering = ("-pk",)
    sortable_by = ()
    list_display = ("user", "phone_shown", "home_community", "created_at")
    list_filter = (("created_at", DayRangeFilter),)
    list_select_related = ("user", "home_community")
    search_fields = (
        "user__display_name",
        "user__username",
        "home_community__name",
        "home_community__initials",
    )
    search_help_text = _("按姓名、用户名或居住社区（拼音首字母）查找")
    fields = (
        "user",
        "phone_shown",
        "home_community",
        "guardian_consented_at",
        "created_at",
    )
    readonly_fields = fields

    @admin.display(description=_("手机号"))
    def phone_shown(self, volunteer: Volunteer) -> str:
        return volunteer.user.masked_phone
