"""What the office has set about a kind of message: switch, lead times, words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KindSetting(models.Model):
    """Whether a kind goes out, and how long before; without a row the defaults.

    `kind` names a kind of accounts/notifications/kinds.py; an empty `lead` is the
    setting's value.
    """

    kind = models.CharField(_("类型"), max_length=60, unique=True)
    is_on = models.BooleanField(_("发送"), default=True)
    lead = models.CharField(_("提前量"), max_length=60, blank=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("修改人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("消息设置")
        verbose_name_plural = _("消息设置")

    def __str__(self) -> str:
        return self.kind


class KindText(models.Model):
    """The office's own words for a kind; empty ones are the portal's."""

    kind = models.CharField(_("类型"), max_length=60)
    variant = models.CharField(_("情形"), max_length=30, blank=True)
    title = models.CharField(_("标题"), max_length=120, blank=True)
    body = models.TextField(_("正文"), max_length=1000, blank=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("修改人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("消息文本")
        verbose_name_plural = _("消息文本")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "variant"], name="kind_text_once_a_variant"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.variant}".strip()
