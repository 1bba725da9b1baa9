"""What a reader of reports has set, under a name of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedReport(models.Model):
    """Filters and columns of a report, kept by one person, made by the clock if wished.

    `report` names a report of the floor above, `parameters` its filters and columns
    as plain values. A scheduled one has the day it is due next; `problem` says why the
    last turn made nothing.
    """

    class Schedule(models.TextChoices):
        NONE = "none", _("不定期")
        WEEKLY = "weekly", _("每周一")
        MONTHLY = "monthly", _("每月1日")

    class Format(models.TextChoices):
        XLSX = "xlsx", _("XLSX")
        CSV = "csv", _("CSV")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("所有者"),
        on_delete=models.CASCADE,
        related_name="saved_reports",
    )
    name = models.CharField(_("名称"), max_length=50)
    report = models.CharField(_("报表"), max_length=40)
    file_format = models.CharField(_("格式"), max_length=10, choices=Format.choices)
    parameters = models.JSONField(_("参数"), default=dict)
    schedule = models.CharField(
        _("定期生成"),
        max_length=10,
        choices=Schedule.choices,
        default=Schedule.NONE,
    )
    next_on = models.DateField(_("下次生成日期"), null=True, blank=True)
    problem = models.CharField(_("未生成的原因"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("保存时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("保存的报表设置")
        verbose_name_plural = _("保存的报表设置")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_report_name_once",
                violation_error_message=_("您已有同名的报表设置，请换一个名称。"),
            ),
            models.CheckConstraint(
                condition=models.Q(schedule="none", next_on=None)
                | (~models.Q(schedule="none") & models.Q(next_on__isnull=False)),
                name="saved_report_next_when_scheduled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_on"],
                name="saved_report_due",
                condition=models.Q(next_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_scheduled(self) -> bool:
        """Whether the clock makes it."""
        return self.schedule != self.Schedule.NONE
