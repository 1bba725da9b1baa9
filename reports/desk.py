"""What an official's desk is made of: a block for each concern, and links to lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.queries.honors import desk_honors
from campaigns.queries.partners import desk_partners
from campaigns.queries.reviews import desk_reviews
from campaigns.queries.stories import desk_stories
from campaigns.queries.tasks import desk_tasks
from campaigns.queries.whistle_board import desk_whistles
from communities.permissions import Permission, has_permission
from communities.queries.agreements import desk_agreements
from communities.queries.changes import desk_changes
from communities.queries.leader_teams import desk_leaders
from communities.queries.member_report_ins import desk_member_report_ins
from communities.queries.needs import desk_needs
from communities.queries.notices import desk_notices
from communities.queries.posts import desk_posts
from communities.queries.report_ins import desk_report_ins
from communities.queries.wishes import desk_wishes
from volunteers.queries.hours_desk import desk_hours

# By the name its fragment knows it under; None where it is no concern of the user.
BLOCKS: dict[str, Callable[..., dict | None]] = {
    "whistles": desk_whistles,
    "reviews": desk_reviews,
    "tasks": desk_tasks,
    "partners": desk_partners,
    "hours": desk_hours,
    "honors": desk_honors,
    "stories": desk_stories,
    "changes": desk_changes,
    "notices": desk_notices,
    "report_ins": desk_report_ins,
    "member_report_ins": desk_member_report_ins,
    "needs": desk_needs,
    "wishes": desk_wishes,
    "posts": desk_posts,
    "agreements": desk_agreements,
    "leaders": desk_leaders,
}


def desk_blocks(user: User, *, today: date) -> dict[str, dict | None]:
    """What waits for the user, block by block."""
    return {name: waiting(user, today=today) for name, waiting in BLOCKS.items()}


@dataclass(frozen=True)
class Link:
    """A list of the desk: what it is called, where it is, who may open it."""

    label: str | Promise
    url_name: str
    permission: Permission

    @property
    def url(self) -> str:
        return reverse(self.url_name)


LINKS: list[tuple[str | Promise, list[Link]]] = [
    (
        _("工作记录"),
        [
            Link(_("我的活动"), "campaigns:activity_list", Permission.ACTIVITY_RECORD),
            Link(_("时长管理"), "volunteers:hours_desk", Permission.SHIFT_MANAGE),
            Link(_("时长监督"), "volunteers:hours_desk", Permission.HOURS_OVERSEE),
            Link(_("社区吹哨"), "campaigns:whistle_board", Permission.WHISTLE_VIEW),
            Link(_("任务办理"), "campaigns:assignment_list", Permission.TASK_REPORT),
            Link(_("任务下达"), "campaigns:task_list", Permission.TASK_ASSIGN),
            Link(_("审核队列"), "campaigns:review_list", Permission.ACTIVITY_REVIEW),
            Link(_("总览"), "reports:overview", Permission.OVERVIEW_VIEW),
            Link(_("工作进度"), "reports:progress", Permission.LEDGER_EXPORT),
            Link(_("吹哨成效"), "reports:whistle_rates", Permission.WHISTLE_VIEW),
            Link(_("我的导出"), "accounts:export_list", Permission.LEDGER_EXPORT),
            Link(_("报表导出"), "reports:report_list", Permission.REPORT_EXPORT),
            Link(_("审计记录"), "communities:audit_list", Permission.AUDIT_VIEW),
        ],
    ),
    (
        _("挂钩与报到"),
        [
            Link(_("挂钩结对"), "communities:pairing_list", Permission.PAIRING_VIEW),
            Link(_("结对通知"), "communities:notice_list", Permission.PAIRING_VIEW),
            Link(
                _("单位报到"), "communities:report_in_list", Permission.REPORT_IN_VIEW
            ),
            Link(
                _("未报到单位"),
                "communities:report_in_missing",
                Permission.REPORT_IN_FOLLOW,
            ),
            Link(
                _("党员报到"),
                "communities:member_report_in_list",
                Permission.MEMBER_REPORT_IN_SIGN,
            ),
            Link(_("领导双挂钩"), "communities:leader_list", Permission.LEADER_VIEW),
        ],
    ),
    (
        _("共建与服务"),
        [
            Link(_("需求清单"), "communities:need_list", Permission.NEED_VIEW),
            Link(_("微心愿"), "communities:wish_desk", Permission.NEED_VIEW),
            Link(_("资源清单"), "communities:resource_list", Permission.NEED_VIEW),
            Link(_("项目清单"), "communities:project_list", Permission.NEED_VIEW),
            Link(_("服务岗位"), "communities:post_list", Permission.NEED_PUBLISH),
            Link(
                _("共建协议"), "communities:agreement_list", Permission.AGREEMENT_VIEW
            ),
            Link(_("联席会议"), "communities:meeting_list", Permission.AGREEMENT_VIEW),
        ],
    ),
    (
        _("荣誉与风尚"),
        [
            Link(_("荣誉申报"), "campaigns:honor_desk", Permission.HONOR_VIEW),
            Link(
                _("家庭和邻里故事"),
                "campaigns:desk_story_list",
                Permission.STORY_VIEW,
            ),
            Link(
                _("市民文明公约"),
                "campaigns:desk_convention_list",
                Permission.CAMPAIGN_MANAGE,
            ),
            Link(
                _("行动与文件"), "campaigns:campaign_desk", Permission.CAMPAIGN_MANAGE
            ),
        ],
    ),
    (
        _("名册"),
        [
            Link(_("党组织"), "communities:organization_list", Permission.DESK_ENTER),
            Link(_("社区（村）"), "communities:community_list", Permission.DESK_ENTER),
            Link(_("名册变更"), "communities:change_list", Permission.REGISTER_MANAGE),
        ],
    ),
]


def desk_links(user: User) -> list[tuple[str | Promise, list[Link]]]:
    """The lists the user may open, in groups; no empty group."""
    groups = (
        (title, [link for link in links if has_permission(user, link.permission)])
        for title, links in LINKS
    )
    return [(title, links) for title, links in groups if links]
