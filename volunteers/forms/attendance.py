"""Input of the day: codes, and marks on the roll."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import MomentField, TextField
from volunteers.codes import LONGEST_TEXT
from volunteers.models import ShiftPost

GREATEST_NUMBER = 2**63 - 1
MOST_HEADS = 1000


class CodeForm(forms.Form):
    """The code on the screen, scanned or typed in."""

    code = forms.CharField(
        label=_("签到码"),
        max_length=LONGEST_TEXT,
        help_text=_("负责人屏幕上的 8 位码，每分钟更换。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class CheckInForm(CodeForm):
    """One deed by the code on the screen; the deed is the one the page offered."""

    deed = forms.ChoiceField(
        choices=[("in", _("签到")), ("out", _("签退")), ("walk_in", _("现场报名"))]
    )
    post = forms.ChoiceField(label=_("岗位"), required=False)

    def __init__(
        self, *args: object, posts: Sequence[ShiftPost], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        self.fields["post"].choices = [
            (pk, str(post)) for pk, post in self.posts.items()
        ]

    def clean_post(self) -> ShiftPost | None:
        """The post itself."""
        return self.posts.get(self.cleaned_data["post"])


class ScanForm(forms.Form):
    """One deed for a person whose own code was scanned."""

    signup = forms.IntegerField(min_value=1, max_value=GREATEST_NUMBER)
    deed = forms.ChoiceField(choices=[("in", _("签到")), ("out", _("签退"))])


class RollMarkForm(forms.Form):
    """One mark on the roll; `at` is the time of a tap that waited for the network."""

    signup = forms.IntegerField(min_value=1, max_value=GREATEST_NUMBER)
    deed = forms.ChoiceField(
        choices=[
            ("in", _("签到")),
            ("out", _("签退")),
            ("heads", _("到场人数")),
            ("undo_in", _("撤销签到")),
            ("undo_out", _("撤销签退")),
        ]
    )
    heads = forms.IntegerField(required=False, min_value=1, max_value=MOST_HEADS)
    at = MomentField(required=False)


class RollSearchForm(forms.Form):
    """Somebody on the roll, by part of the name or its pinyin."""

    text = TextField(label=_("姓名或拼音"), max_length=40, required=False)
