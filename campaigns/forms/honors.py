"""Input about honours; what others read holds no personal numbers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Honor, HonorObjection
from campaigns.queries.honors import award_years
from communities.forms.filters import PlaceFilterForm
from communities.models import Community
from communities.permissions import (
    Permission,
    Role,
    memberships_with,
    organizations_for,
)
from core.fields import TextField
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data

WORDS = {"validators": [refuse_personal_data]}
Kind = Honor.Kind
OF_ORGANIZATIONS = [choice for choice in Kind.choices if choice[0] != Kind.FAMILY]
OF_FAMILIES = [choice for choice in Kind.choices if choice[0] == Kind.FAMILY]


class HonorForm(MergingFormMixin, forms.ModelForm):
    """An application for one of the user's organisations or communities."""

    kind = forms.ChoiceField(label=_("荣誉"))
    holder = TextField(
        label=_("称号对象"),
        max_length=60,
        help_text=_(
            "岗位、窗口或单位的名称；家庭只写称呼，例如“林家”，"
            "不写孩子的全名和住址。公示和命名后按此公开。"
        ),
        **WORDS,
    )
    text = TextField(
        label=_("事迹"),
        max_length=500,
        multiline=True,
        help_text=_("500字以内，公示时公开。不写电话、身份证号、住址和孩子的姓名。"),
        **WORDS,
    )

    class Meta:
        model = Honor
        fields = ["kind", "organization", "community", "holder", "text"]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self._fit_existing()
            return
        organizations = organizations_for(user, Permission.HONOR_APPLY)
        communities = _communities_for(user)
        self.fields["organization"].queryset = organizations
        self.fields["community"].queryset = communities
        choices = []
        for name, rows, kinds in [
            ("organization", organizations, OF_ORGANIZATIONS),
            ("community", communities, OF_FAMILIES),
        ]:
            if rows.exists():
                choices += kinds
            else:
                del self.fields[name]
        is_both = {"organization", "community"} <= self.fields.keys()
        for name in {"organization", "community"} & self.fields.keys():
            self.fields[name].required = not is_both
            self.fields[name].empty_label = "" if is_both else None
        self.fields["kind"].choices = choices

    def _fit_existing(self) -> None:
        del self.fields["organization"], self.fields["community"]
        if self.instance.is_of_family:
            del self.fields["kind"]
        else:
            self.fields["kind"].choices = OF_ORGANIZATIONS

    def clean(self) -> dict:
        """An organisation for its kinds, a community for a family, never both."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if self.instance.pk is not None or not kind:
            return cleaned
        needed, other = "organization", "community"
        if kind == Kind.FAMILY:
            needed, other = other, needed
        if other in self.fields:
            cleaned[other] = None
        if needed in self.fields and not cleaned.get(needed):
            self.add_error(needed, _("请选择申报的单位或社区。"))
        return cleaned


def _communities_for(user: User):
    held = memberships_with(user, Permission.HONOR_APPLY)
    own = [row.community_id for row in held if row.role == Role.COMMUNITY]
    return Community.objects.standing().filter(pk__in=own)


class HonorCheckForm(forms.Form):
    """What the office found."""

    decision = forms.ChoiceField(
        label=_("核查结论"),
        choices=[
            (Honor.State.CHECKED, _("属实，准予公示")),
            (Honor.State.RETURNED, _("退回修改")),
            (Honor.State.REJECTED, _("不予通过")),
        ],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("理由"),
        max_length=300,
        multiline=True,
        required=False,
        help_text=_("退回或不予通过时必须写明，申报人会看到。"),
        **WORDS,
    )

    def clean(self) -> dict:
        """A return and a rejection say why."""
        cleaned = super().clean()
        decision = cleaned.get("decision")
        is_refusal = decision and decision != Honor.State.CHECKED
        if is_refusal and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("退回或不予通过时必须写明理由。"))
        return cleaned


class ObjectionForm(forms.Form):
    """What someone holds against an award."""

    text = TextField(
        label=_("异议内容和依据"),
        max_length=500,
        multiline=True,
        help_text=_(
            "只有文明办能看到是谁提出的。不写他人的电话、身份证号和住址。"
            "处理结果会发到您的消息。"
        ),
        **WORDS,
    )


class ObjectionAnswerForm(forms.Form):
    """What came of an objection."""

    decision = forms.ChoiceField(
        label=_("处理结果"),
        choices=[
            (HonorObjection.State.DISMISSED, _("异议不成立，公示继续")),
            (HonorObjection.State.UPHELD, _("异议成立，该申报不予通过")),
        ],
        widget=forms.RadioSelect,
    )
    answer = TextField(
        label=_("处理意见"),
        max_length=500,
        multiline=True,
        help_text=_("会告知提出人；成立的，也会告知申报人。"),
        **WORDS,
    )


class YearlyCheckForm(forms.Form):
    """The yearly check of an awarded honour."""

    passed = forms.TypedChoiceField(
        label=_("复核结论"),
        choices=[("yes", _("合格，保留一年")), ("no", _("不合格，荣誉失效"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = TextField(label=_("复核意见"), max_length=300, multiline=True, **WORDS)


class HonorReasonForm(forms.Form):
    """Why an honour is withdrawn or revoked."""

    reason = TextField(label=_("理由"), max_length=300, multiline=True, **WORDS)


class HonorFilterForm(PlaceFilterForm):
    """Narrows the public list of honours."""

    kind = forms.ChoiceField(
        label=_("荣誉"), required=False, choices=[("", _("全部荣誉")), *Kind.choices]
    )
    year = forms.TypedChoiceField(
        label=_("命名年份"), required=False, coerce=int, empty_value=None
    )
    field_order = ["kind", "year", "street", "text"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("名称")
        self.fields["text"].widget.attrs["placeholder"] = _("称号对象、单位或社区")
        self.fields["street"].label = _("街道（文明家庭）")
        years = [(year, f"{year}年") for year in award_years()]
        self.fields["year"].choices = [("", _("全部年份")), *years]


class DeskHonorFilterForm(forms.Form):
    """Narrows the desk's list of honours."""

    text = TextField(label=_("对象、党组织或社区"), max_length=50, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *Honor.State.choices],
    )
    kind = forms.ChoiceField(
        label=_("荣誉"), required=False, choices=[("", _("全部荣誉")), *Kind.choices]
    )
    is_due = forms.BooleanField(label=_("只看待年度复核的"), required=False)

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())
