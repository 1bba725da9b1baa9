"""Input about hours, to clean values."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import MomentField, PhotosField, RowsField, TextField
from core.personal_data import refuse_personal_data
from core.uploads import CheckedPhoto
from volunteers.models import ServiceRecord, Shift, Signup

WORDS = {"validators": [refuse_personal_data]}


class SettleForm(forms.Form):
    """Who of those who did not come is excused; sign-ups of the shift."""

    excused = RowsField(queryset=None, required=False)

    def __init__(self, *args: object, shift: Shift, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excused"].queryset = Signup.objects.filter(shift=shift)

    def excused_ids(self) -> list[int]:
        """Their numbers."""
        return list(self.cleaned_data["excused"].values_list("pk", flat=True))


class CheckOutForm(forms.Form):
    """When somebody left who did not check out. Never filled in beforehand."""

    checked_out_at = MomentField(label=_("实际离开时间"))
    reason = TextField(
        label=_("依据"),
        max_length=200,
        help_text=_("例如：本人说明、同组的人证实。"),
        **WORDS,
    )


class ReasonForm(forms.Form):
    """Why, in a sentence the person reads."""

    reason = TextField(
        label=_("理由"), max_length=200, help_text=_("本人会看到。"), **WORDS
    )


class SpanForm(forms.Form):
    """From when to when somebody served."""

    starts_at = MomentField(label=_("开始时间"))
    ends_at = MomentField(label=_("结束时间"))

    def span(self) -> tuple[datetime, datetime]:
        """Both ends; what was not touched as it was, to the second."""
        starts_at, ends_at = (
            self._untouched(name) or self.cleaned_data[name]
            for name in ("starts_at", "ends_at")
        )
        return starts_at, ends_at

    def _untouched(self, name: str) -> datetime | None:
        """The moment the form showed, if it still says the same minute."""
        shown = self.initial.get(name)
        if shown is None:
            return None
        minute = shown.replace(second=0, microsecond=0)
        return shown if minute == self.cleaned_data[name] else None


class CorrectForm(SpanForm):
    """The time as it really was, and why; the record's time to start from."""

    reason = TextField(
        label=_("更正理由"), max_length=200, help_text=_("本人会看到。"), **WORDS
    )

    def __init__(self, *args: object, record: ServiceRecord, **kwargs: object) -> None:
        initial = {"starts_at": record.starts_at, "ends_at": record.ends_at}
        super().__init__(*args, initial=initial, **kwargs)


class LateEntryForm(SpanForm):
    """When one served, why nobody recorded it, and a photo as proof."""

    reason = TextField(
        label=_("补录理由"),
        max_length=200,
        multiline=True,
        help_text=_("为什么当时没有登记；不写他人的姓名和电话。"),
        **WORDS,
    )
    proof = PhotosField(
        label=_("证明照片"),
        most=1,
        help_text=_("现场照片或签到表，一张，不超过 10 MB。只有您和审核人能看到。"),
    )

    def photo(self) -> CheckedPhoto:
        """The one photo, drawn anew."""
        return self.cleaned_data["proof"][0]


class ActivitySearchForm(forms.Form):
    """Narrows the activities to enter hours for."""

    text = TextField(label=_("活动名称"), max_length=50, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["placeholder"] = _("名称、拼音或首字母")

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return int(bool(self.cleaned_data.get("text")))


class YearForm(forms.Form):
    """The year of a ledger."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)


class PartForm(forms.Form):
    """Which of the desk's queues is shown."""

    part = forms.ChoiceField(
        choices=[
            ("settle", _("待结算")),
            ("check_outs", _("忘记签退")),
            ("confirm", _("待确认")),
            ("late", _("补录待审核")),
            ("disputes", _("异议")),
        ],
        required=False,
    )
