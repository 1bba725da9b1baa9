"""The verbs of the audit log in words."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ACTS = {
    "created": gettext_lazy("新建"),
    "changed": gettext_lazy("修改"),
    "added": gettext_lazy("添加"),
    "removed": gettext_lazy("移除"),
    "granted": gettext_lazy("授予"),
    "ended": gettext_lazy("结束"),
    "opened": gettext_lazy("开设"),
    "invited": gettext_lazy("邀请"),
    "imported": gettext_lazy("导入"),
    "published": gettext_lazy("发布"),
    "exported": gettext_lazy("导出"),
    "requested": gettext_lazy("申请"),
    "retried": gettext_lazy("重试"),
    "downloaded": gettext_lazy("下载"),
    "deactivated": gettext_lazy("停用"),
    "reactivated": gettext_lazy("恢复"),
    "mended": gettext_lazy("修正"),
    "requeued": gettext_lazy("重新发送"),
    "dropped": gettext_lazy("作废"),
    "restored": gettext_lazy("恢复"),
    "uploaded": gettext_lazy("上传"),
    "emptied": gettext_lazy("清除未确认的内容"),
    "finished": gettext_lazy("办结"),
    "passed": gettext_lazy("年度复核合格"),
    "recorded": gettext_lazy("登记"),
    "withdrawn": gettext_lazy("撤回"),
    "contact_seen": gettext_lazy("查看居民联系方式"),
    "contact_erased": gettext_lazy("清除居民联系方式"),
    "resolved": gettext_lazy("补登签退"),
    "reminded": gettext_lazy("提醒"),
    "calendar_renewed": gettext_lazy("更换日历地址"),
    "calendar_closed": gettext_lazy("停用日历订阅"),
    "checked_in": gettext_lazy("签到"),
    "checked_out": gettext_lazy("签退"),
    "undone": gettext_lazy("撤销登记"),
    "handled": gettext_lazy("批量处理"),
    "cleared": gettext_lazy("取消全部班次"),
    "widened": gettext_lazy("增加党组织"),
}
# Verbs whose noun is no model.
WHOLE = {"reports.exported": gettext_lazy("报表：导出")}
_TWO_WORDS = (
    "in_progress",
    "no_show",
    "contact_seen",
    "contact_erased",
    "checked_in",
    "checked_out",
    "calendar_renewed",
    "calendar_closed",
)


def _parts(rest: str) -> tuple[str, str]:
    """Noun and act; an act is the last word, but for the few of two words."""
    for act in _TWO_WORDS:
        if rest.endswith(f"_{act}"):
            return rest.removesuffix(f"_{act}"), act
    noun, _underscore, act = rest.rpartition("_")
    return noun, act


def state_labels(model: type) -> dict[str, Any]:
    """The states of a model in words: those that its registers tell, where it has some.

    So nothing says of a sign-up who did not come (PRODUCT section 4).
    """
    told, words = getattr(model, "TOLD", {}), dict(getattr(model, "TOLD_CHOICES", ()))
    choices = model.State.choices if hasattr(model, "State") else ()
    return {state: words.get(told.get(state), label) for state, label in choices}


def verb_label(verb: str) -> str:
    """ "campaigns.activity_approved" as "活动：已通过"; an unknown verb as it is."""
    if verb in WHOLE:
        return str(WHOLE[verb])
    app_label, _dot, rest = verb.partition(".")
    noun, act = _parts(rest)
    try:
        model = apps.get_model(app_label, noun.replace("_", ""))
    except LookupError:
        return verb
    label = state_labels(model).get(act) or ACTS.get(act)
    if not label:
        return verb
    return _("%(noun)s：%(act)s") % {"noun": model._meta.verbose_name, "act": label}
