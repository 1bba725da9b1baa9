"""Input about disputes, to clean values."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.fields import MomentField, TextField
from core.personal_data import refuse_personal_data
from volunteers.models import HoursDispute, ServiceRecord

WORDS = {"validators": [refuse_personal_data]}


class DisputeForm(forms.Form):
    """What is not right, in the person's words."""

    text = TextField(
        label=_("哪里不对"),
        max_length=200,
        multiline=True,
        help_text=_("例如：我到场了，从 9 点到 11 点，在入口值守。"),
        **WORDS,
    )


class AnswerForm(forms.Form):
    """The answer, with the time as it was where something is put right."""

    KEEP, CORRECT = "keep", "correct"

    decision = forms.ChoiceField(
        label=_("处理"),
        choices=[(KEEP, _("维持原登记")), (CORRECT, _("更正"))],
        widget=forms.RadioSelect,
    )
    starts_at = MomentField(label=_("实际开始时间"), required=False)
    ends_at = MomentField(label=_("实际结束时间"), required=False)
    answer = TextField(
        label=_("答复"), max_length=200, multiline=True, help_text=_("本人会看到。"),
        **WORDS,
    )  # fmt: skip

    def __init__(
        self,
        *args: object,
        dispute: HoursDispute,
        record: ServiceRecord | None,
        **kwargs: object,
    ) -> None:
        initial = {}
        if record is not None:
            initial = {"starts_at": record.starts_at, "ends_at": record.ends_at}
        super().__init__(*args, initial=initial, **kwargs)
        self.gives_hours = dispute.signup.shift.activity.counts_as_service
        for name in ("starts_at", "ends_at"):
            if not self.gives_hours:
                del self.fields[name]
            else:
                self.fields[name].optional_mark = _("更正时填写")

    @property
    def corrects(self) -> bool:
        """Whether something is put right."""
        return self.cleaned_data["decision"] == self.CORRECT

    def clean(self) -> dict[str, Any]:
        """A correction of hours says when."""
        cleaned = super().clean()
        if cleaned.get("decision") == self.CORRECT and self.gives_hours:
            for name in ("starts_at", "ends_at"):
                if not cleaned.get(name) and not self.has_error(name):
                    self.add_error(name, _t("请填写实际时间。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What `answer_dispute` takes."""
        cleaned = self.cleaned_data
        span = None
        if self.corrects and self.gives_hours:
            span = (cleaned["starts_at"], cleaned["ends_at"])
        return {"answer": cleaned["answer"], "corrects": self.corrects, "span": span}
