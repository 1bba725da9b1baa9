"""Sign-in and sign-up."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.phones import normalize_phone
from core.text import clean_text


class PhoneField(forms.CharField):
    """A phone number as people type it; cleans to E.164 or an empty string."""

    widget = forms.TextInput(
        attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
    )

    def clean(self, value: str) -> str:
        value = super().clean(value)
        return normalize_phone(value) if value else ""


class LoginForm(allauth_forms.LoginForm):
    """Sign-in by phone, e-mail or user name."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("手机号、邮箱或用户名")
        login.max_length = 254
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def clean_login(self) -> str:
        """One spelling for each number, so that the attempt limit counts it once."""
        login = clean_text(super().clean_login())
        try:
            return normalize_phone(login)
        except ValidationError:
            return login


PASSWORD_HELP = _("至少8个字符；不能全是数字，不要用常见密码、姓名或手机号。")


class PasswordFormMixin:
    """Password fields in our own words, without placeholders."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].label = _("再次输入新密码")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePasswordForm(PasswordFormMixin, allauth_forms.ChangePasswordForm):
    """A new password for someone who knows the old one."""


class ResetPasswordKeyForm(PasswordFormMixin, allauth_forms.ResetPasswordKeyForm):
    """A new password for someone who followed the mailed link."""


class AddEmailForm(allauth_forms.AddEmailForm):
    """Another e-mail address."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("新的邮箱")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Refuse an address of another account: made the main one, it would fail.

        allauth takes it in silence so that nobody learns who has an account; signing
        up tells that anyway, within the limits on attempts.
        """
        email = super().clean_email()
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise ValidationError(_("该邮箱已被使用，请换一个。"))
        return email


class ChangePhoneForm(allauth_forms.ChangePhoneForm):
    """Another phone number."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("新的手机号") if self.phone else _("手机号")


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks where to send the link."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("邮箱")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class SignupForm(allauth_forms.SignupForm):
    """A new account: a name, a phone or an e-mail, a password and consent."""

    display_name = forms.CharField(
        label=_("姓名"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("活动组织者凭姓名点名，请填写真实姓名。"),
    )
    age_band = forms.ChoiceField(
        label=_("年龄段"),
        choices=[("", _("请选择")), *User.AgeBand.choices],
        help_text=_("未满14周岁不能单独注册；14至17周岁报名须监护人同意。"),
    )
    consent = forms.BooleanField(
        label=_("我同意平台为志愿服务和报到使用以上信息"),
        error_messages={"required": _("请先阅读并同意后再注册。")},
    )
    field_order = [
        "display_name",
        "phone",
        "email",
        "age_band",
        "password1",
        "password2",
        "consent",
    ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("手机号")
        self.fields["phone"].help_text = _("用于登录、提醒和当班联系。")
        self.fields["email"].label = _("邮箱")
        self.fields["password1"].label = _("密码")
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].label = _("再次输入密码")
        for name in ("phone", "email"):
            self.fields[name].optional_mark = _("两项至少填一项")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.pop("style", None)  # refused by our policy

    def clean_display_name(self) -> str:
        """A name without control characters."""
        return clean_text(self.cleaned_data["display_name"])

    def clean(self) -> dict:
        """Ask for one way to reach the person; a taken phone is told at the field."""
        cleaned = super().clean()
        given = [name for name in ("phone", "email") if self.data.get(name)]
        if not given:
            self.add_error("phone", _("请填写手机号或邮箱，至少一项。"))
        return cleaned

    def _clean_phone(self) -> None:
        phone = self.cleaned_data.get("phone")
        if phone and get_adapter().get_user_by_phone(phone):
            self.add_error("phone", _("该手机号已注册，请直接登录或找回密码。"))

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Save; a second click on the button is led to sign-in, not to an error."""
        try:
            return super().try_save(request)
        except IntegrityError:
            messages.info(request, _("该账号刚刚已注册成功，请直接登录。"))
            return None, redirect("account_login")

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        user.display_name = self.cleaned_data["display_name"]
        user.age_band = self.cleaned_data["age_band"]
        user.consent_version = settings.CONSENT_VERSION
        user.consented_at = timezone.now()
        user.save(
            update_fields=[
                "display_name",
                "age_band",
                "consent_version",
                "consented_at",
            ]
        )
        return user
