"""Star levels of volunteers, as a list the office keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StarLevel(models.Model):
    """From so many confirmed hours on; shown to the person alone, on request.

    Source: 志愿服务记录 star levels, thresholds as data (PRODUCT section 7).
    """

    title = models.CharField(_("名称"), max_length=20)
    hours = models.PositiveIntegerField(_("满多少小时"), unique=True)

    class Meta:
        verbose_name = _("星级")
        verbose_name_plural = _("星级")
        ordering = ["hours"]

    def __str__(self) -> str:
        return self.title
