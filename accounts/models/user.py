"""A person with an account."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.phones import local_phone, mask_phone


class UserManager(DjangoUserManager):
    """Finds people by what they type in."""

    def by_phone(self, phone: str) -> "User | None":
        """The person with this number in E.164 form, or None."""
        return self.filter(phone=phone).first()


class User(AbstractUser):
    """A person: shown by display name, reached by phone or e-mail.

    What is asked and what is not: PRODUCT section 4, personal data.
    """

    first_name = None
    last_name = None

    class AgeBand(models.TextChoices):
        MINOR = "14-17", _("14—17周岁")
        ADULT = "18-59", _("18—59周岁")
        SENIOR = "60+", _("60周岁及以上")

    display_name = models.CharField(_("姓名"), max_length=50)
    phone = models.CharField(
        _("手机号"), max_length=20, unique=True, null=True, blank=True
    )
    phone_verified_at = models.DateTimeField(_("手机号验证时间"), null=True, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    age_band = models.CharField(
        _("年龄段"), max_length=5, choices=AgeBand.choices, blank=True
    )
    consent_version = models.CharField(_("同意书版本"), max_length=20, blank=True)
    consented_at = models.DateTimeField(_("同意时间"), null=True, blank=True)

    objects = UserManager()

    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                condition=~models.Q(email=""),
                violation_error_message=_("该邮箱已被使用。"),
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_minor(self) -> bool:
        """14 to 17: guardian's consent, no night or risk shifts."""
        return self.age_band == self.AgeBand.MINOR

    @property
    def masked_phone(self) -> str:
        """The number as shown to others: 138****5678, or an empty string."""
        return mask_phone(self.phone) if self.phone else ""

    @property
    def plain_phone(self) -> str:
        """The number as people write it, or an empty string."""
        return local_phone(self.phone) if self.phone else ""
