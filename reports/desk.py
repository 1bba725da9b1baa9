"""What waits for an official: a block for each concern, the quiet ones in a line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Activity
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
from core.heads import head_of
from volunteers.queries.hours_desk import desk_hours

DESK_ROWS = 5
Block = dict[str, Any]


def desk_activities(user: User, *, today: date) -> Block | None:
    """Activities a unit has to go on with: `rows`, `count`; None for who records none.

    Returned ones first: somebody waits for them.
    """
    if not has_permission(user, Permission.ACTIVITY_RECORD):
        return None
    states = [Activity.State.RETURNED, Activity.State.ENDED, Activity.State.DRAFT]
    waiting = (
        Activity.objects.managed_by(user)
        .filter(state__in=states)
        .select_related("organization", "pillar")
    )
    returned_first = models.Case(
        models.When(state=Activity.State.RETURNED, then=0), default=1
    )
    rows = head_of(waiting.order_by(returned_first, "-state_changed_at"), DESK_ROWS)
    return {"rows": rows, "count": rows.total}


@dataclass(frozen=True)
class Concern:
    """One concern of the desk.

    `key` is the name its fragment knows the block under; `count` says how many things
    in the block wait for the user, `also` whether it is worth showing without any,
    `note` what the quiet line says of it.
    """

    key: str
    title: str | Promise
    load: Callable[..., Block | None]
    template: str
    url_name: str
    link: str | Promise
    count: Callable[[Block], int]
    also: Callable[[Block], bool] = lambda block: False
    note: Callable[[Block], str] = lambda block: ""


@dataclass(frozen=True)
class Part:
    """A concern as one user meets it today."""

    concern: Concern
    block: Block

    @property
    def anchor(self) -> str:
        return f"desk-{self.concern.key.replace('_', '-')}"

    @property
    def url(self) -> str:
        return reverse(self.concern.url_name)

    @property
    def count(self) -> int:
        return self.concern.count(self.block)

    @property
    def note(self) -> str:
        return self.concern.note(self.block)

    @property
    def is_shown(self) -> bool:
        return bool(self.count or self.concern.also(self.block))


def _totals(*heads: str) -> Callable[[Block], int]:
    return lambda block: sum(block[name].total for name in heads if name in block)


def _summed(*names: str) -> Callable[[Block], int]:
    return lambda block: sum(block.get(name) or 0 for name in names)


def _tasks_note(block: Block) -> str:
    issued = block.get("issued_count")
    return _("%(count)s 项进行中") % {"count": issued} if issued else ""


def _leaders_note(block: Block) -> str:
    return _("都已挂钩") if block["coverage"].leaders else _("还没有登记")


def _posts_note(block: Block) -> str:
    open_ones = block["count"]
    return _("%(count)s 个在招") % {"count": open_ones} if open_ones else ""


def _members_note(block: Block) -> str:
    active = block["active_count"]
    return _("已报到 %(count)s 人") % {"count": active} if active else ""


# The most pressing first: hours, then days, then what can wait a week.
CONCERNS = [
    Concern(
        "whistles",
        gettext_lazy("社区吹哨"),
        desk_whistles,
        "campaigns/_desk_whistles.html",
        "campaigns:whistle_board",
        gettext_lazy("吹哨看板"),
        _summed("count"),
    ),
    Concern(
        "reviews",
        gettext_lazy("待我审核"),
        desk_reviews,
        "campaigns/_desk_reviews.html",
        "campaigns:review_list",
        gettext_lazy("审核队列"),
        _summed("total"),
    ),
    Concern(
        "activities",
        gettext_lazy("我的活动"),
        desk_activities,
        "reports/_desk_activities.html",
        "campaigns:activity_list",
        gettext_lazy("全部活动"),
        _summed("count"),
    ),
    Concern(
        "tasks",
        gettext_lazy("任务"),
        desk_tasks,
        "campaigns/_desk_tasks.html",
        "campaigns:assignment_list",
        gettext_lazy("全部任务"),
        _summed("open_count", "late_count"),
        note=_tasks_note,
    ),
    Concern(
        "hours",
        gettext_lazy("结算与时长"),
        desk_hours,
        "volunteers/_desk_hours.html",
        "volunteers:hours_desk",
        gettext_lazy("时长管理"),
        lambda block: sum(block["counts"].values()),
    ),
    Concern(
        "partners",
        gettext_lazy("联办邀请"),
        desk_partners,
        "campaigns/_desk_partners.html",
        "campaigns:activity_list",
        gettext_lazy("全部活动"),
        _summed("count"),
    ),
    Concern(
        "report_ins",
        gettext_lazy("单位报到"),
        desk_report_ins,
        "communities/_desk_report_ins.html",
        "communities:report_in_list",
        gettext_lazy("全部报到"),
        _summed("to_start_count", "to_mend_count", "to_sign_count"),
        also=lambda block: bool(
            block.get("waiting")
            or (block.get("coverage") and block["coverage"].missing)
        ),
    ),
    Concern(
        "member_report_ins",
        gettext_lazy("党员报到待签收"),
        desk_member_report_ins,
        "communities/_desk_member_report_ins.html",
        "communities:member_report_in_list",
        gettext_lazy("全部党员报到"),
        _summed("count"),
        note=_members_note,
    ),
    Concern(
        "needs",
        gettext_lazy("需求"),
        desk_needs,
        "communities/_desk_needs.html",
        "communities:need_list",
        gettext_lazy("需求清单"),
        _totals("to_confirm", "overdue", "drafts", "claims"),
        also=lambda block: bool(block.get("open")),
    ),
    Concern(
        "wishes",
        gettext_lazy("微心愿"),
        desk_wishes,
        "communities/_desk_wishes.html",
        "communities:wish_desk",
        gettext_lazy("全部微心愿"),
        _totals("to_confirm", "late", "drafts", "claims"),
        also=lambda block: bool(block.get("open")),
    ),
    Concern(
        "honors",
        gettext_lazy("荣誉"),
        desk_honors,
        "campaigns/_desk_honors.html",
        "campaigns:honor_desk",
        gettext_lazy("荣誉申报"),
        _totals(
            *("objections", "returned", "due", "drafts"),
            *("to_check", "to_award", "to_notice"),
        ),
    ),
    Concern(
        "stories",
        gettext_lazy("家庭和邻里故事"),
        desk_stories,
        "campaigns/_desk_stories.html",
        "campaigns:desk_story_list",
        gettext_lazy("全部故事"),
        _totals("waiting", "own"),
    ),
    Concern(
        "agreements",
        gettext_lazy("协议与会议"),
        desk_agreements,
        "communities/_desk_agreements.html",
        "communities:agreement_list",
        gettext_lazy("全部协议"),
        _summed("ending_count", "to_finish_count"),
    ),
    Concern(
        "notices",
        gettext_lazy("结对通知"),
        desk_notices,
        "communities/_desk_notices.html",
        "communities:notice_list",
        gettext_lazy("全部通知"),
        _totals("uploads"),
        also=lambda block: bool(block["planned"]),
    ),
    Concern(
        "changes",
        gettext_lazy("名册变更"),
        desk_changes,
        "communities/_desk_changes.html",
        "communities:change_list",
        gettext_lazy("全部变更"),
        _summed("failed_count"),
        also=lambda block: bool(block["rows"]),
    ),
    Concern(
        "leaders",
        gettext_lazy("领导双挂钩"),
        desk_leaders,
        "communities/_desk_leaders.html",
        "communities:leader_list",
        gettext_lazy("全部单位"),
        _summed("unit_count"),
        note=_leaders_note,
    ),
    Concern(
        "posts",
        gettext_lazy("服务岗位"),
        desk_posts,
        "communities/_desk_posts.html",
        "communities:post_list",
        gettext_lazy("全部岗位"),
        _summed("draft_count"),
        note=_posts_note,
    ),
]


def desk_parts(user: User, *, today: date) -> list[Part]:
    """Every concern of the user's, the most pressing first, quiet ones among them."""
    loaded = ((concern, concern.load(user, today=today)) for concern in CONCERNS)
    return [Part(concern, block) for concern, block in loaded if block is not None]
