"""When each periodic job last ran: its claim on a slot of time, and its heartbeat."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodicJob(models.Model):
    """One job of beat. A slot of time is run once, however many beats there are.

    `slot` is the start of the latest slot that was claimed, `claimed_by` the message
    that did: when its worker was killed it may run again. `runs` counts claims.
    """

    name = models.CharField(_("任务"), max_length=80, unique=True)
    slot = models.DateTimeField(_("时段"), null=True, blank=True)
    claimed_by = models.CharField(_("领取标识"), max_length=64, blank=True)
    runs = models.PositiveBigIntegerField(_("次数"), default=0)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    failed_at = models.DateTimeField(_("失败时间"), null=True, blank=True)
    error = models.CharField(_("失败原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("定时任务")
        verbose_name_plural = _("定时任务")

    def __str__(self) -> str:
        return self.name
