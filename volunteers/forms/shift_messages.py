"""Input about messages to those signed up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TextField
from volunteers.forms.shifts import WORDS


class ShiftMessageForm(forms.Form):
    """What is said, and whether those who wait hear it too."""

    text = TextField(
        label=_("内容"),
        max_length=300,
        multiline=True,
        help_text=_("发到站内信和邮箱，如集合地点、天气、自带物品。"),
        **WORDS,
    )
    to_waiting = forms.BooleanField(label=_("也发给候补的人"), required=False)
