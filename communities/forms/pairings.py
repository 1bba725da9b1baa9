"""Input about pairings and the notices that make them."""

from datetime import date

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from communities.forms.filters import PlaceFilterForm
from communities.imports.pairing_entries import PairingPlan
from communities.imports.pairings import SourceRow, read_pairings
from communities.models import Pairing, PairingNotice
from core.errors import RuleError
from core.fields import DayField, TextField

FILE_NAME_LENGTH = 200
FINGERPRINT_LENGTH = 64
State = Pairing.State


class NoticeFileField(forms.FileField):
    """A spreadsheet with pairings; cleans to its name and its rows as read."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"})

    def clean(
        self, data: object, initial: object = None
    ) -> tuple[str, list[SourceRow]]:
        upload: UploadedFile = super().clean(data, initial)
        try:
            rows = read_pairings(upload, filename=upload.name)
        except RuleError as error:
            raise forms.ValidationError(str(error)) from error
        name = "".join(filter(str.isprintable, upload.name))
        return name[-FILE_NAME_LENGTH:], rows


class PairingNoticeForm(forms.Form):
    """A notice to publish: its kind, the file, its number, the day it takes effect."""

    kind = forms.ChoiceField(
        label=_("通知类型"),
        choices=[
            (
                PairingNotice.Kind.WHOLE,
                _("整体调整：列出全部结对，没有列入的从生效日期前一天起结束"),
            ),
            (
                PairingNotice.Kind.SUPPLEMENT,
                _("补充新增：只增加结对，已有的一律不变"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    file = NoticeFileField(
        label=_("结对安排表"),
        allow_empty_file=True,
        help_text=_("表格文件（.xlsx、.xls、.csv），不超过 5 MB、5000 行。"),
    )
    number = TextField(label=_("文号"), max_length=60)
    starts_on = DayField(label=_("生效日期"))


class PairingConfirmForm(forms.Form):
    """Yes to what a notice would do: the plan that was looked at, and its gaps."""

    fingerprint = forms.CharField(
        max_length=FINGERPRINT_LENGTH, required=False, widget=forms.HiddenInput
    )
    accepts_gaps = forms.BooleanField(
        label=_("已逐一核对：上面列出的单位和社区（村）今后没有结对"), required=False
    )

    @classmethod
    def for_plan(cls, plan: PairingPlan) -> "PairingConfirmForm":
        """The form for a plan; without gaps there is nothing to tick."""
        form = cls(initial={"fingerprint": plan.fingerprint})
        form.fit(plan)
        return form

    def fit(self, plan: PairingPlan) -> None:
        """Ask about gaps only when the plan leaves some, and insist then."""
        if plan.leaves_gaps:
            self.fields["accepts_gaps"].widget.attrs["required"] = True
        else:
            del self.fields["accepts_gaps"]


class PairingFilterForm(PlaceFilterForm):
    """Narrows the list of pairings; without a day it shows those of today."""

    text = TextField(label=_("单位或社区"), max_length=50, required=False)
    day = DayField(label=_("截至日期"), required=False)
    state = forms.ChoiceField(
        label=_("当日状态"),
        choices=[
            ("", _("生效中")),
            (State.PROPOSED, State.PROPOSED.label),
            (State.ENDED, State.ENDED.label),
        ],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("排序"),
        choices=[
            ("", _("按单位")),
            ("community", _("按社区（村）")),
            ("since", _("按开始日期，新的在前")),
        ],
        required=False,
    )
    lead_only = forms.BooleanField(label=_("只看牵头"), required=False)
    field_order = ["text", "street", "day", "state", "order", "lead_only"]


class NoticeFilterForm(forms.Form):
    """Narrows the list of notices."""

    text = TextField(label=_("文号"), max_length=60, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), *PairingNotice.State.choices],
        required=False,
    )

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class WithdrawForm(forms.Form):
    """Why a notice is taken back."""

    reason = TextField(label=_("撤回理由"), max_length=200, multiline=True)


class EndPairingForm(forms.Form):
    """The last day of one pairing, and why it ends without a notice."""

    last_day = DayField(label=_("最后一天"), help_text=_("这一天仍算结对。"))
    reason = TextField(label=_("结束理由"), max_length=200, multiline=True)

    @classmethod
    def on(cls, day: date) -> "EndPairingForm":
        """The form with the likeliest day."""
        return cls(initial={"last_day": day})
