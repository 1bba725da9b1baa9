"""More time to handle a whistle, asked for and answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.whistle import WhistleResponse
from core.models import StatefulModel


class WhistleExtension(StatefulModel):
    """More time, asked for once by an organisation that handles a whistle."""

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        GRANTED = "granted", _("已同意")
        REFUSED = "refused", _("未同意")

    MOVES = {State.ASKED: (State.GRANTED, State.REFUSED)}

    response = models.OneToOneField(
        WhistleResponse,
        verbose_name=_("吹哨响应"),
        on_delete=models.PROTECT,
        related_name="extension",
    )
    until = models.DateField(_("延期到"))
    reason = models.CharField(_("延期理由"), max_length=200)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ASKED
    )
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("申请人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("延期申请")
        verbose_name_plural = _("延期申请")

    def __str__(self) -> str:
        return str(self.response)
