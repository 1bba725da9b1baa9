"""When a person came and went."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import whole_minutes
from volunteers.models.signup import Signup


class Attendance(models.Model):
    """One person's coming and going at one shift; written once each.

    A row without `checked_out_at` after the shift's end waits in the queue of
    forgotten check-outs and counts for nothing until an official has settled it.
    Source: PRODUCT section 4, attendance and hours.
    """

    class Method(models.TextChoices):
        SCREEN = "screen", _("扫现场码")
        OWN_CODE = "own_code", _("出示本人码")
        ROLL = "roll", _("名单登记")
        LATER = "later", _("事后补登")

    signup = models.OneToOneField(
        Signup,
        verbose_name=_("报名"),
        on_delete=models.PROTECT,
        related_name="attendance",
    )
    heads = models.PositiveSmallIntegerField(_("到场人数"), default=1)
    checked_in_at = models.DateTimeField(_("签到时间"))
    check_in_method = models.CharField(
        _("签到方式"), max_length=10, choices=Method.choices
    )
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("签到登记人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_out_at = models.DateTimeField(_("签退时间"), null=True, blank=True)
    check_out_method = models.CharField(
        _("签退方式"), max_length=10, choices=Method.choices, blank=True
    )
    checked_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("签退登记人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("补登理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("签到签退")
        verbose_name_plural = _("签到签退")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_out_at__isnull=True)
                | models.Q(checked_out_at__gte=models.F("checked_in_at")),
                name="attendance_out_after_in",
                violation_error_message=_("签退不能早于签到。"),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    checked_out_at__isnull=True, checked_out_by__isnull=True
                )
                | models.Q(checked_out_at__isnull=False, checked_out_by__isnull=False),
                name="attendance_out_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["signup"],
                name="attendance_without_end",
                condition=models.Q(checked_out_at=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.signup)

    @property
    def audit_name(self) -> str:
        """No person is named in the audit log."""
        return self.signup.audit_name

    @property
    def is_open(self) -> bool:
        """Whether the check-out is still missing."""
        return self.checked_out_at is None

    @property
    def counted_span(self) -> tuple[datetime, datetime] | None:
        """The time that counts: what lies inside the shift, a minute at least.

        None without a check-out, which is never taken for the shift's end.
        """
        if self.is_open:
            return None
        shift = self.signup.shift
        first = max(self.checked_in_at, shift.starts_at)
        last = min(self.checked_out_at, shift.ends_at)
        return (first, last) if whole_minutes(first, last) >= 1 else None

    @property
    def counted_minutes(self) -> int:
        """Whole minutes that will count; 0 while the check-out is missing."""
        span = self.counted_span
        return whole_minutes(*span) if span else 0
