"""Agreements and joint meetings, to look at; they change on their own pages."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.admin_base import ReadOnlyInline, ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.models import Agreement, MeetingAction
from communities.permissions import Permission
from communities.queries.agreements import agreements_visible_to
from communities.queries.meetings import meetings_visible_to


class AgreementAdmin(ScopedAdmin):
    """What a unit and a community agreed on, and until when."""

    view_permission = Permission.AGREEMENT_VIEW
    sortable_by = ("starts_on", "ends_on")
    list_display = (
        "title",
        "organization",
        "community",
        "starts_on",
        "ends_on",
        "state_now",
    )
    list_filter = (
        "community__subdistrict",
        ("starts_on", DayRangeFilter),
        ("ends_on", DayRangeFilter),
    )
    # A renewed one is known by its successor.
    list_select_related = ("organization", "community", "renewal")
    search_fields = (
        "title",
        "organization__name",
        "organization__initials",
        "organization__unit_name",
        "community__name",
        "community__initials",
    )
    search_help_text = _("按协议、党组织、单位或社区名称（或拼音首字母）查找")
    fields = (
        "title",
        "organization",
        "community",
        "signed_on",
        "starts_on",
        "ends_on",
        "state_now",
        "summary",
        "file_name",
        "renews",
        "created_at",
        "created_by",
    )
    readonly_fields = ("state_now",)

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        found = agreements_visible_to(user).order_by()
        return rows.filter(pk__in=found.values("pk"))

    def state_now(self, agreement: Agreement) -> str:
        return agreement.get_state_display()

    state_now.short_description = _("状态")


class MeetingActionInline(ReadOnlyInline):
    """What was decided, who does it, and whether it is done."""

    model = MeetingAction
    view_permission = Permission.AGREEMENT_VIEW
    fields = ("text", "owner", "due_on", "done_at", "result")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("owner")


class JointMeetingAdmin(ScopedAdmin):
    """Joint meetings of communities with their units."""

    view_permission = Permission.AGREEMENT_VIEW
    inlines = [MeetingActionInline]
    sortable_by = ("held_on",)
    list_display = ("title", "community", "held_on", "place")
    list_filter = ("community__subdistrict", ("held_on", DayRangeFilter))
    list_select_related = ("community",)
    search_fields = ("title", "community__name", "community__initials")
    search_help_text = _("按会议或社区名称（或拼音首字母）查找")
    fields = (
        "title",
        "community",
        "held_on",
        "place",
        "record",
        "created_at",
        "created_by",
    )

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        found = meetings_visible_to(user).order_by()
        return rows.filter(pk__in=found.values("pk"))


class MeetingActionAdmin(ScopedAdmin):
    """What joint meetings decided, by the day it is due."""

    view_permission = Permission.AGREEMENT_VIEW
    sortable_by = ("due_on",)
    list_display = ("text", "meeting", "owner", "due_on", "done_at")
    list_filter = (("due_on", DayRangeFilter), ("done_at", DayRangeFilter))
    list_select_related = ("meeting", "owner")
    search_fields = (
        "text",
        "meeting__title",
        "owner__name",
        "owner__initials",
        "owner__unit_name",
    )
    search_help_text = _("按事项、会议、党组织（或拼音首字母）或单位查找")
    fields = ("meeting", "text", "owner", "due_on", "done_at", "result")

    def scope(self, rows: models.QuerySet, user: User) -> models.QuerySet:
        found = meetings_visible_to(user).order_by()
        return rows.filter(meeting__in=found.values("pk"))
