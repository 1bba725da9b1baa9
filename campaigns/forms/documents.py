"""Input about the papers of a campaign."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignDocument
from core.fields import DayField, DocumentField, TextField

MOST_TEXT = CampaignDocument._meta.get_field("text").max_length


class CampaignDocumentForm(forms.Form):
    """A paper: its words in Markdown, a file, or both."""

    kind = forms.ChoiceField(label=_("类型"), choices=CampaignDocument.Kind.choices)
    title = TextField(label=_("标题"), max_length=100)
    issued_on = DayField(label=_("印发日期"), required=False)
    text = TextField(
        label=_("正文"),
        required=False,
        multiline=True,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "空一行另起一段；行首写“## ”成为小标题，写“- ”成为列表，**加粗**。"
            "不支持图片和网页代码。"
        ),
    )
    file = DocumentField(
        label=_("附件"),
        required=False,
        help_text=_(
            "PDF 或照片（JPEG、PNG、WebP），不超过 10 MB；重新选择即替换。"
            "请在预览之后再选择。"
        ),
    )
    position = forms.IntegerField(
        label=_("次序"),
        min_value=0,
        max_value=999,
        initial=0,
        help_text=_("数字小的排在前面。"),
    )


class WithdrawForm(forms.Form):
    """Why a paper is taken from the page."""

    reason = TextField(label=_("理由"), max_length=200)
