"""Campaigns and their frozen figures in the admin site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from campaigns.actions import campaigns as actions
from campaigns.models import Campaign, FrozenFigure
from communities.admin_actions import row_action
from communities.admin_base import ScopedAdmin
from communities.admin_filters import DayRangeFilter
from communities.permissions import Permission

State = Campaign.State


def _campaign_action(description: str, *follows: str) -> Any:
    return row_action(
        description=description,
        needs=Permission.CAMPAIGN_MANAGE,
        follows=follows,
        with_reason=True,
    )


@_campaign_action(
    gettext_lazy("启动行动"),
    gettext_lazy("各单位从现在起可以在这项行动下登记活动；平台不另外通知。"),
    gettext_lazy("启动后不能退回筹备。"),
)
def activate(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    actions.activate_campaign(campaign=campaign, by=request.user, reason=reason)


@_campaign_action(
    gettext_lazy("进入收尾"),
    gettext_lazy("从今天起算收尾期，截止日期一过自动冻结。"),
    gettext_lazy("还有活动没有办完的单位会收到通知。"),
    gettext_lazy("进入收尾后不能退回进行中。"),
)
def start_closing(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    actions.start_closing(
        campaign=campaign, today=timezone.localdate(), by=request.user, reason=reason
    )


@_campaign_action(
    gettext_lazy("冻结行动"),
    gettext_lazy(
        "数字按此刻已审核通过的活动固定下来，以后不再变动；行动也不能再修改。"
    ),
    gettext_lazy("没有审核通过的活动，以后通过的计入补充台账。"),
    gettext_lazy("冻结后不能撤回；平台不另外通知各单位。"),
)
def freeze(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    actions.freeze_campaign(
        campaign=campaign, today=timezone.localdate(), by=request.user, reason=reason
    )


@_campaign_action(
    gettext_lazy("归档行动"),
    gettext_lazy("不再接收任何活动记录，补充台账也不再增加；已有的仍可查看。"),
    gettext_lazy("归档后不能撤回；平台不另外通知各单位。"),
)
def archive(request: HttpRequest, campaign: Campaign, reason: str) -> None:
    actions.archive_campaign(campaign=campaign, by=request.user, reason=reason)


@admin.register(Campaign)
class CampaignAdmin(ScopedAdmin):
    """Campaigns; a frozen one does not change any more."""

    view_permission = Permission.ACTIVITY_VIEW
    change_permission = Permission.CAMPAIGN_MANAGE
    can_add = True
    actions = [activate, start_closing, freeze, archive]
    list_filter = (("starts_on", DayRangeFilter),)
    list_display = ("title", "cycle", "state", "starts_on", "ends_on", "closes_on")
    search_fields = ("title",)
    search_help_text = gettext_lazy("按行动名称查找")
    fields = (
        "title",
        "cycle",
        "slogan",
        "introduction",
        "starts_on",
        "ends_on",
        "test_starts_on",
        "test_ends_on",
        "shows_targets",
        "state",
        "state_changed_at",
        "closes_on",
        "frozen_at",
    )
    readonly_fields = ("state", "state_changed_at", "closes_on", "frozen_at")

    def has_change_permission(
        self, request: HttpRequest, obj: Campaign | None = None
    ) -> bool:
        is_frozen = obj is not None and obj.state in {State.FROZEN, State.ARCHIVED}
        return not is_frozen and super().has_change_permission(request, obj)


@admin.register(FrozenFigure)
class FrozenFigureAdmin(ScopedAdmin):
    """Figures of frozen campaigns: to look at, nobody changes them."""

    view_permission = Permission.ACTIVITY_VIEW
    list_display = (
        "organization_name",
        "unit_name",
        "initiative",
        "month",
        "activity_count",
        "led_count",
        "participant_count",
        "photo_count",
    )
    list_filter = ("campaign", "pillar", ("month", DayRangeFilter))
    list_select_related = ("initiative",)
    sortable_by = ()
    search_fields = ("organization_name", "unit_name")
    search_help_text = gettext_lazy("按冻结时的党组织或单位名称查找")
    fields = (
        "campaign",
        "organization",
        "organization_name",
        "unit_name",
        "path",
        "pillar",
        "initiative",
        "month",
        "activity_count",
        "led_count",
        "participant_count",
        "photo_count",
    )
