"""An organiser asks people whether they would like to come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from volunteers.models.shift import Shift
from volunteers.models.volunteer import Volunteer


class Invitation(models.Model):
    """One person asked once for one shift; "no, thanks" needs no reason.

    The answer is the person's own: it is shown to nobody else and counted nowhere.
    Source: PRODUCT section 4, voluntary means voluntary.
    """

    shift = models.ForeignKey(
        Shift,
        verbose_name=_("班次"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    volunteer = models.ForeignKey(
        Volunteer,
        verbose_name=_("志愿者"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    declined_at = models.DateTimeField(_("谢绝时间"), null=True, blank=True)
    invited_at = models.DateTimeField(_("邀请时间"), auto_now_add=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("邀请人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("邀请")
        verbose_name_plural = _("邀请")
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"], name="invited_once_a_shift"
            )
        ]

    def __str__(self) -> str:
        return str(self.shift)
