"""Input about units' report-ins."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from communities.choices import community_choices
from communities.forms.filters import PlaceFilterForm
from communities.models import Community, OrganizationReportIn, ReportInReminder
from communities.queries.missing_report_ins import NONE
from core.fields import TextField
from core.merging import MergingFormMixin
from core.phones import local_phone, normalize_phone

State = OrganizationReportIn.State
FIRST_YEAR = 2022  # the year of the letter
MOST_MEMBERS = 100_000


class ReportInForm(MergingFormMixin, forms.ModelForm):
    """What a unit tells the community on its slip."""

    leader_name = TextField(label=_("带队领导"), max_length=50)
    leader_title = TextField(label=_("职务"), max_length=50, required=False)
    contact_name = TextField(label=_("联络员"), max_length=50)
    contact_phone = TextField(
        label=_("联系电话"),
        max_length=30,
        help_text=_("只有本单位和该社区能看到完整号码。"),
    )
    offers = TextField(
        label=_("可提供的服务和资源"),
        max_length=500,
        multiline=True,
        help_text=_("例如政策宣讲、义诊、场地、人手，500字以内。"),
    )
    remark = TextField(label=_("备注"), max_length=200, required=False)

    class Meta:
        model = OrganizationReportIn
        fields = [
            "member_count",
            "leader_name",
            "leader_title",
            "contact_name",
            "contact_phone",
            "offers",
            "remark",
        ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        phone = self.initial.get("contact_phone")
        if phone:
            self.initial["contact_phone"] = local_phone(phone)

    def clean_member_count(self) -> int:
        """A number of members a unit can have."""
        count = self.cleaned_data["member_count"]
        if count > MOST_MEMBERS:
            raise forms.ValidationError(_t("在职党员数过大，请核对。"))
        return count

    def clean_contact_phone(self) -> str:
        """The number as it is stored."""
        return normalize_phone(self.cleaned_data["contact_phone"])


class ReportInAnswerForm(forms.Form):
    """The community's decision; returning asks for the reason."""

    decision = forms.ChoiceField(choices=[(State.RECEIVED, ""), (State.RETURNED, "")])
    reason = TextField(
        label=_("退回理由"), max_length=200, required=False, multiline=True
    )
    reason.optional_mark = _("退回时必填")

    def clean(self) -> dict:
        cleaned = super().clean()
        is_return = cleaned.get("decision") == State.RETURNED
        if is_return and not cleaned.get("reason") and not self.has_error("reason"):
            self.add_error("reason", _t("退回时必须写明理由。"))
        return cleaned


class ReportInFilterForm(PlaceFilterForm):
    """Narrows and sorts the list of report-ins."""

    text = TextField(label=_("单位、社区或编号"), max_length=50, required=False)
    community = forms.ModelChoiceField(
        label=_("社区（村）"), queryset=Community.objects.all(), required=False
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *State.choices],
    )
    year = forms.TypedChoiceField(
        label=_("报到期"), required=False, coerce=int, empty_value=None
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[
            ("", _("待签收在前，先到期在上")),
            ("number", _("编号，新的在前")),
            ("unit", _("单位")),
            ("community", _("社区（村）")),
        ],
    )
    field_order = ["text", "street", "community", "state", "year", "sort"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = community_choices(blank=_t("全部社区（村）"))
        latest = timezone.localdate().year + 1
        self.fields["year"].choices = [
            ("", _t("全部")),
            *(
                (year, _t("%(year)d年度") % {"year": year})
                for year in range(latest, FIRST_YEAR - 1, -1)
            ),
        ]


class MissingFilterForm(PlaceFilterForm):
    """Narrows the list of who has not reported in."""

    text = TextField(label=_("单位或社区"), max_length=50, required=False)
    state = forms.ChoiceField(
        label=_("情况"),
        required=False,
        choices=[
            ("", _("全部")),
            (NONE, _("没有填报")),
            (State.DRAFT, _("草稿未提交")),
            (State.SUBMITTED, _("等社区签收")),
            (State.RETURNED, _("被退回")),
        ],
    )
    field_order = ["text", "street", "state"]


class RowNumbersField(forms.Field):
    """Numbers of rows on one page of a list; cleans to a list of int."""

    widget = forms.MultipleHiddenInput
    MOST = 50

    def clean(self, value: list[str] | None) -> list[int]:
        values = super().clean(value)
        if len(values) > self.MOST or not all(map(self._is_number, values)):
            raise forms.ValidationError(_t("请刷新页面再试。"))
        return [int(number) for number in values]

    def _is_number(self, value: str) -> bool:
        return value.isascii() and value.isdecimal() and len(value) < 19


class ReminderForm(forms.Form):
    """Which missing report-ins to recall, by their pairings, and at which level."""

    level = forms.ChoiceField(choices=ReportInReminder.Level.choices)
    pairing = RowNumbersField()
