"""Consents of people shown: given for one thing, taken back at any time."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.honor import Honor
from campaigns.models.story import Story


def new_token() -> str:
    """A secret for the slip by which a person sees and takes back a consent."""
    return secrets.token_urlsafe(24)


class Consent(models.Model):
    """One person's or family's consent to be shown in an honour or a story.

    `subject` is how the person is called there, for the officials who keep it; no
    number, no address. The slip given to them carries `token`: with it they look at
    what they agreed to and take it back, without an account and without a reason.
    """

    class Method(models.TextChoices):
        PAPER = "paper", _("书面签字")
        SPOKEN = "spoken", _("当面口头")

    story = models.ForeignKey(
        Story,
        verbose_name=_("故事"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
    )
    honor = models.ForeignKey(
        Honor,
        verbose_name=_("荣誉"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
    )
    subject = models.CharField(_("同意人称呼"), max_length=50)
    is_guardian = models.BooleanField(_("由监护人代为同意"), default=False)
    method = models.CharField(_("方式"), max_length=10, choices=Method.choices)
    text_version = models.CharField(_("同意书版本"), max_length=20, editable=False)
    given_on = models.DateField(_("同意日期"))
    token = models.CharField(
        max_length=40, unique=True, default=new_token, editable=False
    )
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(
        _("撤回时间"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("展示同意")
        verbose_name_plural = _("展示同意")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(story__isnull=False, honor__isnull=True)
                | models.Q(story__isnull=True, honor__isnull=False),
                name="consent_for_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_name(self) -> str:
        """The audit log names no person shown."""
        return str(self._meta.verbose_name)

    @property
    def thing(self) -> Honor | Story:
        """What it was given for."""
        return self.story or self.honor

    @property
    def is_live(self) -> bool:
        """Whether it holds."""
        return self.withdrawn_at is None
