"""Input of the office's decisions to clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Review
from core.fields import TextField


class ReviewForm(forms.Form):
    """The office's decision; returning asks for the reason."""

    decision = forms.ChoiceField(choices=Review.Decision.choices)
    reason = TextField(
        label=_("退回理由"), max_length=500, required=False, multiline=True
    )
    reason.optional_mark = _("退回时必填")

    def clean(self) -> dict:
        cleaned = super().clean()
        is_return = cleaned.get("decision") == Review.Decision.RETURNED
        if is_return and not cleaned.get("reason"):
            self.add_error("reason", _("退回时必须写明理由。"))
        return cleaned
