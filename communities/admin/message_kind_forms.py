"""Forms of the page of one kind of message."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.notifications.kind_settings import KindRefused, has_switch, parsed_leads
from accounts.notifications.kinds import Kind, Text
from accounts.notifications.texts import (
    LONGEST_BODY,
    LONGEST_TITLE,
    TextRefused,
    checked_body,
    checked_title,
)
from core.fields import TextField
from core.personal_data import refuse_personal_data


class SettingForm(forms.Form):
    """Whether the kind goes out, and how long before; fields the kind has not go."""

    is_on = forms.BooleanField(label=_("发送"), required=False)
    lead = TextField(
        label=_("提前量"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if not has_switch(kind):
            del self.fields["is_on"]
        if kind.lead is None:
            del self.fields["lead"]

    def clean_lead(self) -> str:
        lead = self.cleaned_data["lead"]
        try:
            parsed_leads(self.kind.lead, lead)
        except KindRefused as error:
            raise forms.ValidationError(str(error)) from error
        return lead


class TextForm(forms.Form):
    """The words of one variant; left empty they are the portal's."""

    SAVE, PREVIEW, RESET = "save", "preview", "reset"

    title = TextField(
        label=_("标题"),
        required=False,
        max_length=LONGEST_TITLE,
        validators=[refuse_personal_data],
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    body = TextField(
        label=_("正文"),
        required=False,
        max_length=LONGEST_BODY,
        multiline=True,
        validators=[refuse_personal_data],
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 5}),
    )
    act = forms.ChoiceField(
        choices=[(act, act) for act in (SAVE, PREVIEW, RESET)],
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean_title(self) -> str:
        return self._checked(checked_title, "title")

    def clean_body(self) -> str:
        return self._checked(checked_body, "body")

    def _checked(self, check: Any, name: str) -> str:
        try:
            return check(self.text, self.cleaned_data[name])
        except TextRefused as error:
            raise forms.ValidationError(str(error)) from error
