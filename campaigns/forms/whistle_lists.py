"""What the list of whistles is narrowed to."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from campaigns.forms.activity_filters import MonthField
from campaigns.models import Urgency, Whistle, WhistleCategory
from campaigns.queries.whistle_groups import TITLES
from campaigns.queries.whistle_lists import COMMUNITY, DUE, RECENT
from communities.choices import community_choices
from communities.forms.filters import PlaceFilterForm
from communities.models import Community
from core.fields import TextField


class WhistleFilterForm(PlaceFilterForm):
    """Narrows and sorts the list; `groups` are the keys of the user's own board."""

    text = TextField(label=_("编号或事由"), max_length=50, required=False)
    community = forms.ModelChoiceField(
        label=_("社区（村）"), queryset=Community.objects.all(), required=False
    )
    category = forms.ModelChoiceField(
        label=_("类别"),
        queryset=WhistleCategory.objects.all(),
        required=False,
        empty_label=_("全部类别"),
    )
    urgency = forms.ChoiceField(
        label=_("紧急程度"),
        required=False,
        choices=[("", _("全部程度")), *Urgency.choices],
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *Whistle.State.choices],
    )
    unit = TextField(label=_("承办单位"), max_length=50, required=False)
    month = MonthField(label=_("吹哨月份"), required=False)
    waiting = forms.ChoiceField(label=_("待办事项"), required=False)
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[
            (RECENT, _("最新吹哨")),
            (DUE, _("最早到期")),
            (COMMUNITY, _("按社区")),
        ],
    )
    is_overdue = forms.BooleanField(label=_("只看超时的"), required=False)
    field_order = [
        "text",
        "street",
        "community",
        "category",
        "urgency",
        "state",
        "unit",
        "month",
        "waiting",
        "sort",
        "is_overdue",
    ]

    def __init__(self, *args: object, groups: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = community_choices(blank=_t("全部社区（村）"))
        self.fields["text"].widget.attrs["placeholder"] = _t("编号或事由")
        self.fields["unit"].widget.attrs["placeholder"] = _t("名称或首字母")
        if not groups:
            del self.fields["waiting"]
            return
        own = [(key, TITLES[key]) for key in groups]
        self.fields["waiting"].choices = [("", _t("不限")), *own]

    @property
    def active_count(self) -> int:
        """How many filters are set; the order is none."""
        names = self.cleaned_data.keys() - {"sort"}
        return sum(bool(self.cleaned_data[name]) for name in names)
