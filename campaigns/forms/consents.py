"""Input about consents of people shown."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Consent
from core.fields import DayField, TextField
from core.personal_data import refuse_personal_data


class ConsentForm(forms.Form):
    """That somebody agreed, how and when."""

    subject = TextField(
        label=gettext_lazy("同意人称呼"),
        max_length=50,
        validators=[refuse_personal_data],
        help_text=gettext_lazy(
            "按文中的称呼填写，只有经办人和文明办能看到；不写电话、身份证号和住址。"
        ),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("同意方式"), choices=Consent.Method.choices
    )
    given_on = DayField(label=gettext_lazy("同意日期"))
    is_guardian = forms.BooleanField(
        label=gettext_lazy("本人未满 18 周岁，由监护人代为同意"), required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.localdate

    def clean_given_on(self) -> object:
        """Nobody agreed tomorrow."""
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise ValidationError(_("同意日期不能晚于今天。"))
        return day


class TakeBackForm(forms.Form):
    """The person with the slip means it."""

    is_sure = forms.BooleanField(
        label=gettext_lazy("我要收回同意"),
        error_messages={"required": gettext_lazy("请先勾选“我要收回同意”。")},
    )
