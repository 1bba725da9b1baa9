"""Running numbers without gaps: receipts, slips, certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """The last number given in a series, as "report_in-2026"."""

    name = models.CharField(_("序列"), max_length=60, unique=True)
    last = models.PositiveIntegerField(_("最后编号"), default=0)

    class Meta:
        verbose_name = _("编号序列")
        verbose_name_plural = _("编号序列")

    def __str__(self) -> str:
        return f"{self.name} {self.last}"
