"""Tells django-allauth how this portal keeps phones and names."""

import logging
import secrets
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.channels.base import Refused, Unavailable, Unclear
from accounts.channels.mail_errors import masked
from accounts.channels.sms import SmsChannel, send_code
from accounts.forms import PhoneField
from accounts.models import User
from core.phones import normalize_phone

logger = logging.getLogger(__name__)

# Whether the name or the password was wrong is not told.
WRONG_LOGIN = _("账号或密码不对，请检查后再试；忘了密码可以找回。")
OUR_WORDS = {
    "account_inactive": _("这个账号已停用。有疑问的，请联系所在单位或社区的管理员。"),
    "cannot_remove_primary_email": _("主邮箱不能删除，请先把别的邮箱设为主邮箱。"),
    "duplicate_email": _("您已登记过这个邮箱。"),
    "email_password_mismatch": WRONG_LOGIN,
    "email_taken": _("这个邮箱已注册，请直接登录或找回密码。"),
    "enter_current_password": _("当前密码不对，请重新填写。"),
    "incorrect_code": _("验证码不对，请重新填写。"),
    "phone_password_mismatch": WRONG_LOGIN,
    "phone_taken": _("这个手机号已注册，请直接登录或找回密码。"),
    "too_many_login_attempts": _("试的次数太多，请过几分钟再试。"),
    "username_password_mismatch": WRONG_LOGIN,
}


class AccountAdapter(DefaultAccountAdapter):
    """Phones are stored in E.164; a user name is made when none is chosen."""

    error_messages = {**DefaultAccountAdapter.error_messages, **OUR_WORDS}

    def clean_phone(self, phone: str) -> str:
        return normalize_phone(phone)

    def phone_form_field(self, **kwargs: object) -> forms.Field:
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.by_phone(normalize_phone(phone))
        except ValidationError:
            return None

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def send_verification_code_sms(
        self, user: User, phone: str, code: str, **kwargs: object
    ) -> None:
        """Send the code by SMS; without a gateway it lands in the mail outbox.

        The person waits for it, so it goes out within the request. When the gateway
        does not take it, they are led back and told.
        """
        if SmsChannel().is_ready():
            self._send_code(phone, code)
            return
        EmailMessage(
            subject=gettext("短信验证码"),
            body=gettext("验证码：%(code)s") % {"code": code},
            to=[f"{phone.lstrip('+')}@sms.invalid"],
        ).send()

    def _send_code(self, phone: str, code: str) -> None:
        try:
            send_code(phone=phone, code=code)
        except Unclear as error:
            # It may well arrive; the next page lets the person ask for another.
            logger.warning("code by SMS: %s", error)
        except (Unavailable, Refused) as error:
            logger.warning("code was not sent by SMS: %s", error)
            messages.error(
                self.request,
                gettext("验证码短信没有发出，请过几分钟再试，或联系工作人员。"),
            )
            # Whoever has just signed up has an account: signing in asks anew.
            came_from = self.request.path
            is_signup = came_from == reverse("account_signup")
            back = reverse("account_login") if is_signup else came_from
            raise ImmediateHttpResponse(redirect(back)) from None

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: object
    ) -> str:
        """Count attempts by account alone.

        allauth's key holds the Host header, whose port the guesser may choose anew
        for every five attempts.
        """
        login = credentials.get("email") or credentials.get("username") or ""
        return str(login).lower()

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Links and names in mail are the portal's own, never the Host header's."""
        here = self.request.build_absolute_uri("/")
        own = {
            name: f"{settings.SITE_URL}/{value.removeprefix(here)}"
            for name, value in context.items()
            if isinstance(value, str) and value.startswith(here)
        }
        site = SimpleNamespace(
            name=settings.PORTAL_NAME, domain=urlsplit(settings.SITE_URL).netloc
        )
        super().send_mail(
            template_prefix, email, {**context, **own, "current_site": site}
        )

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: object, signup: bool
    ) -> None:
        """Ask for proof of the address; signing up or in does not depend on it."""
        try:
            super().send_confirmation_mail(request, emailconfirmation, signup)
        except OSError as error:
            logger.warning("confirmation mail was not sent: %s", masked(error))

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Name the account without putting a phone or mail address into it."""
        while not user.username or User.objects.filter(username=user.username).exists():
            user.username = f"u{secrets.token_hex(5)}"
