"""The living page of all components, at /design/ while DEBUG is on."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaigns.models import Pillar
from reports.charts import Chart, Line, bar_chart, column_chart

TOKENS = Path("static/css/tokens.css")
COLOUR = re.compile(r"--([\w-]+): #[0-9a-f]{3,6};")
# A state of each look a badge has, with the words people read.
BADGES = (
    (_("办成的"), "approved", _("已通过")),
    (_("正在进行的"), "open", _("可报名")),
    (_("等待的"), "submitted", _("待审核")),
    (_("要改的"), "returned", _("已退回")),
    (_("过去的"), "ended", _("已结束")),
    (_("只是标签"), "plain", _("示例")),
)
NOTICES = (
    ("info", _("说明"), _("报名截止前可以取消，之后记为临时取消。")),
    ("success", _("成功"), _("已报名。开始前一天我们会提醒您。")),
    ("warning", _("留意"), _("这个班次还差 2 人，人数不足时组织者会联系您。")),
    ("error", _("出错"), _("没有办成：名额刚刚报满，您可以候补。")),
)
CONSEQUENCES = [
    _("3 个班次停止报名，已报名的 24 人会收到通知。"),
    _("已经登记的时长保留。"),
    _("取消后不能恢复。"),
]


class SampleForm(forms.Form):
    """A field of each kind, in the order people are asked."""

    title = forms.CharField(label=_("活动名称"), max_length=60)
    pillar = forms.ChoiceField(
        label=_("板块"), choices=[("", _("请选择")), *Pillar.Code.choices]
    )
    held_on = forms.DateField(
        label=_("日期"), widget=forms.DateInput(attrs={"type": "date"})
    )
    people = forms.IntegerField(
        label=_("人数"), min_value=1, help_text=_("到场的人数，不用写姓名。")
    )
    way = forms.ChoiceField(
        label=_("方式"),
        choices=[("alone", _("本单位")), ("joint", _("联合开展"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("经过"), widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label=_("照片里的人都同意公开"), required=False)


class SampleFilters(forms.Form):
    """What a list is narrowed by."""

    text = forms.CharField(label=_("关键词"), required=False)
    pillar = forms.ChoiceField(
        label=_("板块"), choices=[("", _("全部")), *Pillar.Code.choices], required=False
    )
    day = forms.DateField(
        label=_("日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    free = forms.BooleanField(label=_("只看有名额的"), required=False)


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state, made of sample data; no database is asked."""
    now = timezone.localtime()
    context = {
        "colours": COLOUR.findall((settings.BASE_DIR / TOKENS).read_text("utf-8")),
        "badges": BADGES,
        "notices": NOTICES,
        "consequences": CONSEQUENCES,
        "pillars": Pillar.Code.choices,
        "filters": SampleFilters({}),
        "form": SampleForm({"title": "清" * 61, "people": "0"}),
        "page": _page(),
        "today": now.date(),
        "now": now,
        "photos": _photos(),
        "draft": SimpleNamespace(saved_at=now, key="sample"),
        "bars": _bars(),
        "columns": _columns(),
    }
    return render(request, "design/index.html", context)


def _page() -> Page:
    return Paginator([date(2026, 5, day) for day in range(1, 31)], 10).page(2)


def _photos() -> list[dict[str, object]]:
    picture = static("img/share.png")
    return [{"url": picture, "small_url": picture, "caption": _("净滩后的江边。")}]


def _bars() -> Chart:
    lines = [
        Line(str(label), values, f"{sum(values)}")
        for label, values in (
            (_("通北街道"), (12, 5, 2)),
            (_("东铺头街道"), (9, 3, 4)),
            (_("石亭街道"), (4, 2, 0)),
        )
    ]
    parts = [str(_("已完成")), str(_("进行中")), str(_("未开始"))]
    return bar_chart(
        "sample-bars",
        title=str(_("各街道的任务")),
        gist=str(_("通北街道最多，19 项。")),
        lines=lines,
        parts=parts,
    )


def _columns() -> Chart:
    lines = [
        Line(f"{month}月", (hours,), str(hours))
        for month, hours in enumerate((120, 95, 180, 210, 160, 240), start=1)
    ]
    return column_chart(
        "sample-columns",
        title=str(_("每月服务时长")),
        gist=str(_("6 月最多，240 小时。")),
        lines=lines,
    )
