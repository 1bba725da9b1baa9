"""Input about joint owners to clean values."""

from django import forms
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from communities.forms.member_report_ins import OrganizationNameField


class PartnerForm(forms.Form):
    """Which organisation is asked to join."""

    organization = OrganizationNameField(
        label=_("联办党组织"),
        help_text=_("输入名称，从提示中选择。对方确认后，活动计入双方台账。"),
    )

    def organization_names(self) -> list[str]:
        """What may be typed, for the browser to propose."""
        return list(self.fields["organization"].labels().values())


class PartnerAnswerForm(forms.Form):
    """Yes or no."""

    answer = forms.ChoiceField(
        choices=[("confirm", _("确认联办")), ("decline", _("谢绝"))],
        error_messages={
            "required": _("请选择确认或谢绝。"),
            "invalid_choice": _("请选择确认或谢绝。"),
        },
    )

    def error_text(self) -> str:
        """What is wrong, for a message."""
        return self.errors["answer"][0] if self.errors else _text("请选择确认或谢绝。")
