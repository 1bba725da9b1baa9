"""Kinds of messages about tasks."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Lead, Placeholder, Text, Topic, Unit
from campaigns.queries import still_true

TASK = {
    "task": Placeholder(label=_("任务名称"), sample=_("背街小巷环境整治")),
    "names": Placeholder(label=_("党组织名称"), sample=_("区财政局机关党支部")),
    "day": Placeholder(label=_("完成期限"), sample=_("2026年5月31日")),
}
LATE = TASK | {"late": Placeholder(label=_("逾期天数"), sample=4)}

KINDS = [
    Kind(
        code="task_due_soon",
        label=_("任务即将到期"),
        topic=Topic.WORK,
        still_true=still_true.tasks_due_soon,
        for_groups=True,
        when=_("任务到期前若干天仍未完成的，提醒承办党组织的负责人，每个期限一次。"),
        is_reminder=True,
        lead=Lead(setting="TASK_DUE_SOON_DAYS", unit=Unit.DAYS, words=_("任务到期前")),
        texts={
            "": Text(
                title=_("任务即将到期：%(task)s"),
                body=_("%(names)s的任务“%(task)s”将于%(day)s到期，还没有完成。"),
                placeholders=TASK,
            )
        },
    ),
    Kind(
        code="task_overdue",
        label=_("任务逾期"),
        topic=Topic.WORK,
        still_true=still_true.tasks_overdue,
        for_groups=True,
        when=_(
            "任务到期次日仍未完成的，通知承办党组织的负责人；每隔若干天再依次通知上级、文明办和交办人。"
        ),
        is_reminder=True,
        lead=Lead(
            setting="TASK_OVERDUE_STEP_DAYS", unit=Unit.DAYS, words=_("逐级提醒间隔")
        ),
        texts={
            "own": Text(
                label=_("通知承办党组织"),
                title=_("任务已逾期：%(task)s"),
                body=_(
                    "%(names)s的任务“%(task)s”应于%(day)s前完成，已逾期%(late)d天，"
                    "请尽快办理。"
                ),
                placeholders=LATE,
            ),
            "above": Text(
                label=_("通知上级、文明办和交办人"),
                title=_("任务逾期，请督促：%(task)s"),
                body=_(
                    "%(names)s的任务“%(task)s”应于%(day)s前完成，已逾期%(late)d天，"
                    "请予以督促。"
                ),
                placeholders=LATE,
            ),
        },
    ),
    Kind(
        code="task_assigned",
        label=_("新任务"),
        topic=Topic.WORK,
        for_groups=True,
        when=_("任务交办给党组织时，通知其负责人；一人负责几家的合成一条。"),
    ),
    Kind(
        code="task_changed",
        label=_("任务变更"),
        topic=Topic.WORK,
        for_groups=True,
        when=_("任务内容或期限改动时，通知仍在办理的党组织负责人。"),
    ),
    Kind(
        code="task_over",
        label=_("任务结束"),
        topic=Topic.WORK,
        when=_("任务取消或结束时，通知仍在办理的党组织负责人不用再办。"),
        must_arrive=True,
    ),
    Kind(
        code="task_taken_away",
        label=_("任务改派"),
        topic=Topic.WORK,
        when=_("任务改派给其他党组织时，通知原承办党组织的负责人。"),
        must_arrive=True,
    ),
    Kind(
        code="task_reopened",
        label=_("任务须继续办理"),
        topic=Topic.WORK,
        for_groups=True,
        when=_("计入任务的活动被取消或退回、数量不足时，通知承办党组织的负责人。"),
    ),
]
