"""Activities in the admin site: to find and look at."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Activity, Evidence, Review
from communities.admin_base import ReadOnlyInline, ScopedAdmin, Waiting
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission


class EvidenceInline(ReadOnlyInline):
    """The photos, behind the view that checks rights."""

    model = Evidence
    view_permission = Permission.ACTIVITY_VIEW
    fields = ("photo", "caption", "added_at", "added_by")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("added_by", "file")

    @admin.display(description=gettext_lazy("说明"))
    def caption(self, evidence: Evidence) -> str:
        return evidence.caption

    @admin.display(description=gettext_lazy("照片"))
    def photo(self, evidence: Evidence) -> SafeString:
        return format_html('<a href="{}">{}</a>', evidence.url, _("查看照片"))


class ReviewInline(ReadOnlyInline):
    """What the office decided, the latest first."""

    model = Review
    view_permission = Permission.ACTIVITY_VIEW
    fields = ("decision", "reason", "reviewed_at", "reviewed_by")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("reviewed_by")


@admin.register(Activity)
class ActivityAdmin(ScopedAdmin):
    """Activities, to find and look at; reviewing has its own page."""

    view_permission = Permission.ACTIVITY_VIEW
    inlines = [ReviewInline, EvidenceInline]
    sortable_by = ("starts_at",)
    list_display = (
        "title",
        "organization",
        "pillar",
        "starts_at",
        "state",
        "review_link",
    )
    list_filter = (
        "state",
        "pillar",
        ("starts_at", DayRangeFilter),
        "campaign",
    )
    list_select_related = ("organization", "pillar")
    search_fields = (
        "title",
        "organization__name",
        "organization__pinyin",
        "organization__initials",
        "organization__unit_name",
    )
    search_help_text = gettext_lazy("按活动名称、党组织（或拼音首字母）或单位查找")
    fields = (
        "title",
        "state",
        "campaign",
        "organization",
        "pillar",
        "second_pillar",
        "initiative",
        "starts_at",
        "ends_at",
        "place",
        "community",
        "text",
        "participant_count",
        "is_public",
        "counts_as_service",
        "risk",
        "insurance",
        "safety_briefing",
        "contact_name",
        "contact_phone",
        "created_at",
        "created_by",
        "submitted_at",
        "submitted_by",
        "reviewed_at",
    )
    masked_fields = ("contact_phone",)
    queues = (
        Waiting(
            "review",
            gettext_lazy("待审核活动"),
            lambda rows, _user: rows.awaiting_review(),
            Permission.ACTIVITY_REVIEW,
        ),
    )

    @admin.display(description=gettext_lazy("审核"))
    def review_link(self, activity: Activity) -> SafeString | str:
        if activity.state != Activity.State.SUBMITTED:
            return ""
        return format_html(
            '<a href="{}">{}</a>', activity.get_absolute_url(), _("审核")
        )
