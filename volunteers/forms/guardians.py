"""Input of guardians, who have no account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TextField, UnrememberedInput
from core.personal_data import refuse_personal_data


class AgreeForm(forms.Form):
    """A guardian agrees by their name."""

    guardian_name = TextField(
        label=_("监护人姓名"),
        max_length=50,
        validators=[refuse_personal_data],
        widget=UnrememberedInput,
        help_text=_("请填写您本人的真实姓名，不要填电话。"),
    )
    agrees = forms.BooleanField(
        label=_("我是孩子的监护人，已读过以上内容，同意孩子参加志愿服务"),
        error_messages={"required": _("请先勾选，再提交。")},
    )


class TakeBackForm(forms.Form):
    """A guardian takes the consent back; no reason is asked."""

    is_sure = forms.BooleanField(
        label=_("我要撤回同意"),
        error_messages={"required": _("请先勾选，再提交。")},
    )
