"""Rows that hold from one day to another."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeriodQuerySet(models.QuerySet):
    """Rows by the days on which they hold; both days count."""

    def on(self, day: date) -> "PeriodQuerySet":
        """Rows that hold on `day`."""
        return self.filter(starts_on__lte=day).filter(
            models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        )

    def active(self) -> "PeriodQuerySet":
        """Rows that hold today, by the calendar of Beijing."""
        return self.on(timezone.localdate())


class Period(models.Model):
    """`starts_on` to `ends_on`, both included; without an end it holds on."""

    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies inside the period."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def ends_after_start(name: str) -> models.CheckConstraint:
    """The constraint that a period does not end before it starts."""
    return models.CheckConstraint(
        condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
        name=name,
        violation_error_message=_("结束日期不能早于开始日期。"),
    )
