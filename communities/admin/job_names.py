"""The periodic jobs as the office calls them."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

JOBS: dict[str, Promise] = {
    "accounts.expire_exports": _("清除过期的导出文件"),
    "accounts.look_for_exports": _("生成等待中的导出文件"),
    "accounts.purge_drafts": _("清除长期未用的草稿"),
    "accounts.sweep": _("补发到时未发的消息"),
    "campaigns.close_unrated_whistles": _("结束到期未评价的吹哨"),
    "campaigns.end_activities": _("结束已过时间的活动"),
    "campaigns.erase_whistle_contacts": _("清除吹哨居民的联系方式"),
    "campaigns.escalate_overdue_tasks": _("催办任务，逾期的上报"),
    "campaigns.freeze_campaigns": _("冻结收尾到期的行动"),
    "campaigns.lapse_honors": _("提醒荣誉复核，到期失效"),
    "campaigns.tell_overdue_whistles": _("上报逾期的吹哨"),
    "communities.apply_register_changes": _("执行到期的台账变更"),
    "communities.close_wishes": _("结束到期的心愿"),
    "communities.empty_forgotten_uploads": _("清除未确认的导入内容"),
    "communities.end_and_renew_report_ins": _("结束到期的双报到，提醒续报"),
    "communities.expire_needs": _("结束到期无人认领的需求"),
    "communities.remind_of_agreements": _("提醒即将到期的协议"),
    "core.note_audit_head": _("记录审计日志的校验值"),
    "core.seal_audit": _("封存新的审计日志"),
    "core.sweep_cache": _("清除过期的缓存"),
    "reports.make_due_reports": _("生成到期的定期报表"),
    "volunteers.lapse_offers": _("收回过时未应的候补名额"),
    "volunteers.let_minors_go": _("风险升高时取消未成年人报名"),
    "volunteers.plan_shift_reminders": _("安排班次提醒"),
    "volunteers.release_open_companions": _("放出未定姓名的同行名额"),
    "volunteers.remind_of_settlement": _("提醒结算时长"),
    "volunteers.tell_understaffed": _("提醒班次缺人"),
}


def job_name(code: str) -> str:
    """The job in words, or its code when it has none."""
    return str(JOBS.get(code, code))


def every(seconds: int) -> str:
    """How often a job runs, in the largest unit that comes out even."""
    for length, words in (
        (86_400, gettext("每 %(count)d 天")),
        (3600, gettext("每 %(count)d 小时")),
        (60, gettext("每 %(count)d 分钟")),
    ):
        if seconds % length == 0:
            return words % {"count": seconds // length}
    return gettext("每 %(count)d 秒") % {"count": seconds}
