"""Pages of the admin site for the campaign's work."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Activity, Campaign, Evidence, Initiative, Pillar, Review
from communities.admin_actions import row_action
from communities.admin_base import Queue, ReadOnlyInline, ScopedAdmin
from communities.permissions import Permission

State = Campaign.State


def _move(request: HttpRequest, campaign: Campaign, state: str, reason: str) -> None:
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    campaign.move_to(state, by=request.user, reason=reason)


def _campaign_action(description: str) -> Any:
    return row_action(
        description=description, needs=Permission.CAMPAIGN_MANAGE, with_reason=True
    )


@_campaign_action(gettext_lazy("启动行动"))
def activate(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    _move(request, campaign, State.ACTIVE, reason)


@_campaign_action(gettext_lazy("进入收尾"))
def start_closing(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    _move(request, campaign, State.CLOSING, reason)


@_campaign_action(gettext_lazy("冻结行动"))
def freeze(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    _move(request, campaign, State.FROZEN, reason)


@_campaign_action(gettext_lazy("归档行动"))
def archive(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    _move(request, campaign, State.ARCHIVED, reason)


@admin.register(Campaign)
class CampaignAdmin(ScopedAdmin):
    """Campaigns; a frozen one does not change any more."""

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    actions = [activate, start_closing, freeze, archive]
    list_display = ("title", "state", "starts_on", "ends_on")
    search_fields = ("title",)
    search_help_text = gettext_lazy("按行动名称查找")
    fields = (
        "title",
        "slogan",
        "introduction",
        "starts_on",
        "ends_on",
        "state",
        "state_changed_at",
    )
    readonly_fields = ("state", "state_changed_at")

    def has_change_permission(
        self, request: HttpRequest, obj: Campaign | None = None
    ) -> bool:
        is_frozen = obj is not None and obj.state in {State.FROZEN, State.ARCHIVED}
        return not is_frozen and super().has_change_permission(request, obj)


@admin.register(Pillar)
class PillarAdmin(ScopedAdmin):
    """The five pillars of the letter: only their words may be mended."""

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    list_display = ("title", "code", "position")
    search_fields = ("title",)
    search_help_text = gettext_lazy("按板块查找")
    fields = ("code", "title", "summary", "position")
    readonly_fields = ("code", "position")


@admin.register(Initiative)
class InitiativeAdmin(ScopedAdmin):
    """Lines of work under the pillars."""

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    list_display = ("title", "pillar", "counts_as_service", "is_open", "position")
    list_filter = ("pillar", "is_open")
    list_select_related = ("pillar",)
    search_fields = ("title",)
    search_help_text = gettext_lazy("按举措查找")
    autocomplete_fields = ("pillar",)
    fields = ("pillar", "title", "counts_as_service", "is_open", "position")


class EvidenceInline(ReadOnlyInline):
    """The photos, behind the view that checks rights."""

    model = Evidence
    view_permission = Permission.ACTIVITY_VIEW
    fields = ("photo", "caption", "uploaded_at", "uploaded_by")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("uploaded_by")

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
        ("starts_at", admin.DateFieldListFilter),
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

    @admin.display(description=gettext_lazy("审核"))
    def review_link(self, activity: Activity) -> SafeString | str:
        if activity.state != Activity.State.SUBMITTED:
            return ""
        return format_html(
            '<a href="{}">{}</a>', activity.get_absolute_url(), _("审核")
        )

    def waiting(self, request: HttpRequest) -> list[Queue]:
        if not self.allows(request, Permission.ACTIVITY_REVIEW):
            return []
        count = self.get_queryset(request).awaiting_review().count()
        page = reverse("admin:campaigns_activity_changelist")
        return [Queue(_("待审核活动"), count, f"{page}?state__exact=submitted")]
