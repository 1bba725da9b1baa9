"""The form of a person's chat robot."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.channels.robot_addresses import is_address
from accounts.models import ChatRobot
from core.fields import TextField, UnrememberedInput
from core.personal_data import refuse_personal_data

Provider = ChatRobot.Provider


class RobotForm(forms.Form):
    """Provider, group, address and secret. What is registered is never shown again:

    an empty address or secret keeps the one there is.
    """

    provider = forms.ChoiceField(label=_("平台"), choices=Provider.choices)
    name = TextField(
        label=_("群名称"),
        max_length=50,
        validators=[refuse_personal_data],
        help_text=_("给自己看的，例如“创城工作群”。"),
    )
    url = TextField(
        label=_("Webhook 地址"),
        max_length=300,
        required=False,
        widget=UnrememberedInput({"inputmode": "url", "spellcheck": "false"}),
        help_text=_("在群设置的“群机器人”里添加自定义机器人后复制，以 https:// 开头。"),
    )
    secret = TextField(
        label=_("加签密钥"),
        max_length=100,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("钉钉和飞书选了“加签”或“签名校验”时填写；企业微信不用填。"),
    )
    forget_secret = forms.BooleanField(
        label=_("不再加签，清除已保存的密钥"), required=False
    )

    def __init__(self, *args: object, robot: ChatRobot | None, **kwargs: object):
        if robot:
            kwargs.setdefault(
                "initial", {"provider": robot.provider, "name": robot.name}
            )
        super().__init__(*args, **kwargs)
        self.robot = robot
        self.fields["url"].optional_mark = _("留空则不变") if robot else ""
        if robot and robot.secret:
            self.fields["secret"].optional_mark = _("留空则不变")
        else:
            del self.fields["forget_secret"]
        if robot is None:
            self.fields["url"].required = True

    def clean_secret(self) -> str:
        """Printable ASCII, as the providers make them."""
        secret = self.cleaned_data["secret"]
        if not (secret.isascii() and " " not in secret):
            raise ValidationError(_("密钥只含字母、数字和符号，请重新复制。"))
        return secret

    def clean(self) -> dict:
        """Fill in what was kept; an old secret does not go with a new address."""
        cleaned = super().clean()
        provider, url = cleaned.get("provider"), cleaned.get("url")
        if provider is None or url is None:
            return cleaned
        kept = self.robot.url if self.robot else ""
        cleaned["url"] = url = url or kept
        if not is_address(provider, url):
            self.add_error(
                "url",
                _("这不是%(provider)s群机器人的地址，请从群设置里重新复制。")
                % {"provider": Provider(provider).label},
            )
        same = bool(kept) and url == kept and not cleaned.get("forget_secret")
        secret = cleaned.get("secret") or (self.robot.secret if same else "")
        cleaned["secret"] = "" if provider == Provider.WECOM else secret
        return cleaned
