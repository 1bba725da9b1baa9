"""Where an official's lists are, and what they may start: the side of the desk."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.permissions import Permission, has_permission


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


# What one starts oneself; the first one may is the deed of the page.
DEEDS: list[Link] = [
    Link(_("吹哨"), "campaigns:whistle_create", Permission.WHISTLE_BLOW),
    Link(_("记录活动"), "campaigns:activity_choose", Permission.ACTIVITY_RECORD),
    Link(_("导入结对通知"), "communities:pairing_import", Permission.PAIRING_PUBLISH),
    Link(_("下达任务"), "campaigns:task_create", Permission.TASK_ASSIGN),
    Link(_("登记需求"), "communities:need_create", Permission.NEED_PUBLISH),
    Link(_("登记心愿"), "communities:wish_create", Permission.NEED_PUBLISH),
    Link(_("设服务岗位"), "communities:post_create", Permission.NEED_PUBLISH),
    Link(_("登记资源"), "communities:resource_create", Permission.RESOURCE_OFFER),
    Link(
        _("起草共建协议"),
        "communities:agreement_create",
        Permission.AGREEMENT_MANAGE,
    ),
    Link(_("申报荣誉"), "campaigns:honor_create", Permission.HONOR_APPLY),
    Link(_("写故事"), "campaigns:story_create", Permission.STORY_WRITE),
]


def desk_deeds(user: User) -> list[Link]:
    """What the user may start, the most usual first."""
    return [deed for deed in DEEDS if has_permission(user, deed.permission)]


def desk_links(user: User) -> list[tuple[str | Promise, list[Link]]]:
    """The lists the user may open, in groups; no empty group."""
    groups = (
        (title, [link for link in links if has_permission(user, link.permission)])
        for title, links in LINKS
    )
    return [(title, links) for title, links in groups if links]
