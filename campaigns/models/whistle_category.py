"""What whistles are about, and how many working hours each step may take."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WhistleCategory(models.Model):
    """What a whistle may be about; the office keeps the list."""

    title = models.CharField(_("名称"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    is_open = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("吹哨类别")
        verbose_name_plural = _("吹哨类别")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Urgency(models.TextChoices):
    """How soon help is needed."""

    NORMAL = "normal", _("一般")
    URGENT = "urgent", _("较急")
    EMERGENCY = "emergency", _("紧急")


class WhistleClock(models.Model):
    """How many working hours each step may take, by category and urgency.

    A change holds for clocks that start afterwards.
    Source: PRODUCT section 4, whistles (settings by category and urgency).
    """

    category = models.ForeignKey(
        WhistleCategory,
        verbose_name=_("吹哨类别"),
        on_delete=models.PROTECT,
        related_name="clocks",
    )
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency.choices)
    dispatch_hours = models.PositiveSmallIntegerField(_("派单时限（工作小时）"))
    accept_hours = models.PositiveSmallIntegerField(_("响应时限（工作小时）"))
    handle_hours = models.PositiveSmallIntegerField(_("办理时限（工作小时）"))

    class Meta:
        verbose_name = _("吹哨时限")
        verbose_name_plural = _("吹哨时限")
        ordering = ["category", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "urgency"],
                name="whistle_clock_once",
                violation_error_message=_("该类别和紧急程度已有时限。"),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    dispatch_hours__gte=1, accept_hours__gte=1, handle_hours__gte=1
                ),
                name="whistle_clock_gives_time",
                violation_error_message=_("时限至少为 1 小时。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.get_urgency_display()}"
