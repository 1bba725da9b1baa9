"""Campaigns, pillars and initiatives in the admin site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign, Initiative, Pillar
from communities.admin_actions import row_action
from communities.admin_base import ScopedAdmin
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
