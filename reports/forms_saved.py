"""Input about files of reports and about saved settings."""

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import SavedReport
from core.fields import TextField
from core.personal_data import refuse_personal_data

FORMAT_CHOICES = SavedReport.Format.choices


class PurposeForm(forms.Form):
    """What persons are taken unmasked for."""

    purpose = TextField(
        label=_("用途"),
        min_length=4,
        max_length=200,
        multiline=True,
        help_text=_("写明用在哪里、给谁看。会记入审计记录和文件的“导出说明”。"),
        validators=[refuse_personal_data],
    )
    file_format = forms.ChoiceField(label=_("格式"), choices=FORMAT_CHOICES)


class SavedReportForm(forms.Form):
    """The name of settings, and when the clock makes the file."""

    name = TextField(
        label=_("名称"),
        max_length=50,
        validators=[MinLengthValidator(2), refuse_personal_data],
    )
    file_format = forms.ChoiceField(label=_("格式"), choices=FORMAT_CHOICES)
    schedule = forms.ChoiceField(
        label=_("定期生成"),
        choices=SavedReport.Schedule.choices,
        help_text=_("到日在后台生成，完成后发消息给您，登录后下载。个人信息一律隐去。"),
    )
