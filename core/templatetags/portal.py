"""Filters for dates and texts, used by every page."""

from django import template

from core.dates import clock_text, day_text, hours_text, moment_text, span_text
from core.markdown import render_markdown

register = template.Library()

register.filter("day", day_text)
register.filter("moment", moment_text)
register.filter("clock", clock_text)
register.filter("span", span_text)
register.filter("hours", hours_text)
register.filter("markdown", render_markdown)

DEEDS = {
    "created": "建立",
    "changed": "修改",
    "published": "发布",
    "ended": "活动结束",
    "submitted": "提交审核",
    "approved": "审核通过",
    "returned": "退回",
    "cancelled": "取消",
    "added": "上传照片",
    "removed": "移除照片",
    "opened": "添加班次",
    "invited": "邀请志愿者",
    "applied": "生效",
    "undone": "撤回",
    "failed": "未能生效",
    "claimed": "全部认领",
    "progress": "开始办理",
    "delivered": "全部交付",
    "confirmed": "确认办结",
    "withdrawn": "撤回",
    "expired": "到期关闭",
    "running": "开始",
    "done": "完成",
    "fulfilled": "完成",
    "reassigned": "改派",
    "closed": "结束",
    "hidden": "隐藏",
    "seen": "查看居民联系方式",
    "erased": "清除居民联系方式",
    "resolved": "补登签退",
    "reminded": "提醒",
    "renewed": "更换地址",
    "cleared": "取消全部班次",
    "widened": "增加党组织",
}


@register.filter
def deed(entry: object) -> str:
    """An audit line's act in words: the last part of its verb."""
    word = entry.verb.rpartition("_")[2]
    return DEEDS.get(word, "其他变更")
