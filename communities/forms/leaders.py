"""Input about leading teams and their links."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.choices import community_choices
from communities.forms.filters import PlaceFilterForm
from communities.models import Community, Leader, LeaderLink
from communities.queries.leaders import leaders_visible_to
from core.fields import DayField, TextField


class LeaderFilterForm(PlaceFilterForm):
    """Narrows the coverage of units; without a day it shows that of today."""

    text = TextField(label=_("单位"), max_length=50, required=False)
    day = DayField(label=_("截至日期"), required=False)
    sort = forms.ChoiceField(
        label=_("排序"),
        choices=[("", _("按单位")), ("share", _("覆盖率低的在前"))],
        required=False,
    )
    only_gaps = forms.BooleanField(label=_("只看有缺口的"), required=False)
    field_order = ["text", "street", "day", "sort", "only_gaps"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["street"].label = _("挂钩点所在街道（镇）")


class DayForm(forms.Form):
    """The day a page is about; today when none is given."""

    day = DayField(label=_("截至日期"), required=False)


class LeadingPostForm(forms.Form):
    """A new post of a leading team."""

    title = TextField(label=_("职务"), max_length=60)
    starts_on = DayField(label=_("设立日期"), initial=timezone.localdate)
    rank = forms.IntegerField(
        label=_("排序"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("小的排在前面。"),
    )


class LastDayForm(forms.Form):
    """The last day of a post, a term or a link."""

    last_day = DayField(label=_("最后一天"), initial=timezone.localdate)


class AppointForm(forms.Form):
    """Who takes a post, from when: somebody registered, or a new name."""

    leader = forms.ModelChoiceField(
        label=_("已登记的成员"),
        queryset=Leader.objects.none(),
        required=False,
        empty_label=_("新成员"),
        help_text=_("一人兼任几个职务的，请选同一个人，统计时只计一次。"),
    )
    name = TextField(
        label=_("新成员姓名"),
        max_length=50,
        required=False,
        help_text=_("没有登记过的才填写。"),
    )
    starts_on = DayField(label=_("任职日期"), initial=timezone.localdate)
    ends_on = DayField(
        label=_("离任日期"), required=False, help_text=_("补录已结束的任职才填写。")
    )
    ends_previous = forms.BooleanField(
        label=_("现任到前一天离任"), required=False, initial=True
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        leaders = leaders_visible_to(user).select_related("organization")
        self.fields["leader"].queryset = leaders
        self.fields["leader"].label_from_instance = lambda leader: (
            f"{leader.name}（{leader.organization.unit_name}）"
        )

    def clean(self) -> dict:
        """One of both: a registered person or a new name."""
        cleaned = super().clean()
        if cleaned.get("leader") and cleaned.get("name"):
            self.add_error("name", _("已选择登记过的成员，请不要再填姓名。"))
        if not (cleaned.get("leader") or cleaned.get("name") or self.errors):
            self.add_error("name", _("请选择已登记的成员，或填写新成员的姓名。"))
        return cleaned


class LinkForm(forms.Form):
    """Where a person is linked to; only the second link may be a place by name."""

    community = forms.ModelChoiceField(
        label=_("社区（村）"), queryset=Community.objects.none(), required=False
    )
    label = TextField(
        label=_("或其他挂钩点"),
        max_length=60,
        required=False,
        help_text=_("小区、路段、市场等的名称；选了社区（村）就不用填。"),
    )
    starts_on = DayField(label=_("开始日期"), initial=timezone.localdate)
    ends_on = DayField(
        label=_("最后一天"), required=False, help_text=_("补录已结束的挂钩才填写。")
    )

    def __init__(self, *args: object, slot: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = Community.objects.standing()
        self.fields["community"].choices = community_choices(blank=_("请选择"))
        if slot == LeaderLink.Slot.COMMUNITY:
            del self.fields["label"]
            self.fields["community"].required = True

    def clean(self) -> dict:
        """A community or a place by name, not both."""
        cleaned = super().clean()
        if cleaned.get("community") and cleaned.get("label"):
            self.add_error("label", _("已选择社区（村），请不要再填名称。"))
        return cleaned
