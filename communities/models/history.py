"""What organisations and communities were called on which day, and where they stood."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community, Subdistrict
from communities.models.organization import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start

# The first day of what was known when the register began: nobody knows since when.
BEGINNING = date(1900, 1, 1)


class OrganizationVersion(Period):
    """An organisation as it was from one day to another.

    The row of the organisation itself holds what is true today; it is always equal
    to the version of today. Versions of one organisation neither overlap nor leave
    a day out between its first and its last. One with a first day in the future
    does not exist: a planned change (`RegisterChange`) makes it when its day comes.
    """

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    name = models.CharField(_("名称"), max_length=100)
    unit_name = models.CharField(_("所在单位"), max_length=100)
    kind = models.CharField(_("类型"), max_length=20, choices=Organization.Kind.choices)
    parent = models.ForeignKey(
        Organization,
        verbose_name=_("上级党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("党组织沿革")
        verbose_name_plural = _("党组织沿革")
        ordering = ["organization", "-starts_on"]
        constraints = [
            ends_after_start("organization_version_ends_after_start"),
            models.UniqueConstraint(
                fields=["organization", "starts_on"],
                name="organization_version_one_a_day",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                name="organization_version_one_open",
                condition=models.Q(ends_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CommunityVersion(Period):
    """A community as it was from one day to another; see OrganizationVersion.

    The first version of a community known from the start begins at `BEGINNING`.
    """

    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    code = models.CharField(_("区划代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=100)
    official_name = models.CharField(_("登记名称"), max_length=100)
    kind = models.CharField(_("类型"), max_length=10, choices=Community.Kind.choices)
    subdistrict = models.ForeignKey(
        Subdistrict,
        verbose_name=_("街道（镇）"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("社区沿革")
        verbose_name_plural = _("社区沿革")
        ordering = ["community", "-starts_on"]
        constraints = [
            ends_after_start("community_version_ends_after_start"),
            models.UniqueConstraint(
                fields=["community", "starts_on"], name="community_version_one_a_day"
            ),
            models.UniqueConstraint(
                fields=["community"],
                name="community_version_one_open",
                condition=models.Q(ends_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name
