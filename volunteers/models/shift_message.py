"""What an organiser wrote to those signed up."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from volunteers.models.shift import Shift


class ShiftMessage(models.Model):
    """One message to everybody who holds or waits for a place at that moment."""

    shift = models.ForeignKey(
        Shift,
        verbose_name=_("班次"),
        on_delete=models.PROTECT,
        related_name="messages",
    )
    text = models.TextField(_("内容"), max_length=300)
    to_waiting = models.BooleanField(_("也发给候补的人"), default=False)
    recipient_count = models.PositiveIntegerField(_("收到人数"), default=0)
    sent_at = models.DateTimeField(_("发送时间"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发送人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("班次通知")
        verbose_name_plural = _("班次通知")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.shift)
