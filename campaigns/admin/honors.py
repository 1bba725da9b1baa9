"""Honours in the admin site: to find and look at; they change on their own pages."""

from collections.abc import Callable

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Honor, HonorCheck, HonorObjection
from campaigns.queries.honors import filtered_honors, honors_listed_for
from communities.admin_base import ReadOnlyInline, ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission

State = Honor.State


class HonorCheckInline(ReadOnlyInline):
    """The yearly checks, the latest first."""

    model = HonorCheck
    view_permission = Permission.HONOR_VIEW
    fields = ("due_on", "passed", "note", "checked_at", "checked_by")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("checked_by", "honor")


def _in_state(state: str) -> Callable[[models.QuerySet, User], models.QuerySet]:
    return lambda rows, _user: rows.filter(state=state)


def _to_award(rows: models.QuerySet, _user: User) -> models.QuerySet:
    """The notice is over and no objection is open."""
    open_ones = HonorObjection.objects.filter(state=HonorObjection.State.OPEN)
    return rows.filter(
        state=State.NOTICE, notice_ends_on__lt=timezone.localdate()
    ).exclude(pk__in=open_ones.order_by().values("honor"))


def _to_check_again(rows: models.QuerySet, _user: User) -> models.QuerySet:
    return filtered_honors(rows, today=timezone.localdate(), is_due=True)


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
    queues = (
        Waiting(
            "check", _("待核查荣誉"), _in_state(State.APPLIED), Permission.HONOR_CHECK
        ),
        Waiting(
            "notice", _("待公示荣誉"), _in_state(State.CHECKED), Permission.HONOR_CHECK
        ),
        Waiting("award", _("公示期满待授予荣誉"), _to_award, Permission.HONOR_CHECK),
        Waiting("yearly", _("待年度复核荣誉"), _to_check_again, Permission.HONOR_CHECK),
    )
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
