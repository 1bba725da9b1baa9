"""Who acts in which role, for whom, from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community, Subdistrict
from communities.models.organization import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start


class MembershipQuerySet(PeriodQuerySet):
    """Memberships by day."""

    def on(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on `day`; never those taken back at once."""
        return super().on(day).filter(voided_at=None)


class Membership(Period):
    """A role with its scope. A right ends with the day it ends (PRODUCT section 2).

    One taken back before its first day was over is voided: dates alone could not
    say that it ended before it began.
    """

    class Role(models.TextChoices):
        OFFICE = "office", _("文明办")
        COMMITTEE = "committee", _("机关工委")
        UNIT = "unit", _("单位联络员")
        STREET = "street", _("街道（镇）干部")
        COMMUNITY = "community", _("社区（村）干部")
        AUDITOR = "auditor", _("审计员")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("人员"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("角色"), max_length=10, choices=Role.choices)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    subdistrict = models.ForeignKey(
        Subdistrict,
        verbose_name=_("街道（镇）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("授权人"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    voided_at = models.DateTimeField(
        _("作废时间"), null=True, blank=True, editable=False
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("角色授权")
        verbose_name_plural = _("角色授权")
        ordering = ["role", "pk"]
        constraints = [
            ends_after_start("membership_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(
                    role="unit",
                    organization__isnull=False,
                    subdistrict=None,
                    community=None,
                )
                | models.Q(
                    role="street",
                    organization=None,
                    subdistrict__isnull=False,
                    community=None,
                )
                | models.Q(
                    role="community",
                    organization=None,
                    subdistrict=None,
                    community__isnull=False,
                )
                | models.Q(
                    role__in=["office", "committee", "auditor"],
                    organization=None,
                    subdistrict=None,
                    community=None,
                ),
                name="membership_scope_fits_role",
                violation_error_message=_("所选范围与角色不符。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(user=models.F("granted_by")),
                name="membership_not_granted_to_oneself",
                violation_error_message=_("不能给自己授权。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.scope or ''}".strip()

    def holds_on(self, day: date) -> bool:
        """Whether the role holds on `day`."""
        return self.voided_at is None and super().holds_on(day)

    @property
    def scope(self) -> models.Model | None:
        """The organisation, street or community it covers; None for the district."""
        return self.organization or self.subdistrict or self.community
