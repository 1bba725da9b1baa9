"""Party organisations of the district's offices, in a tree."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.division import Named, NamedQuerySet
from communities.models.periods import Period, PeriodQuerySet, ends_after_start
from core.models import StatefulModel
from core.phones import mask_phone

SHORTEST_PHONE = 8


class OrganizationQuerySet(NamedQuerySet, PeriodQuerySet):
    """Organisations by place in the tree."""

    def below(self, organization: "Organization") -> "OrganizationQuerySet":
        """The organisation itself and all below it."""
        return self.filter(path__startswith=organization.path)

    def standing(self) -> "OrganizationQuerySet":
        """Neither merged nor dissolved."""
        return self.filter(state__in=Organization.STANDING_STATES)

    def roots_of_unit(self, unit_name: str) -> "OrganizationQuerySet":
        """A unit's highest party organisations: no parent of the same unit."""
        return self.filter(unit_name=unit_name).exclude(parent__unit_name=unit_name)


class Organization(StatefulModel, Named, Period):
    """A party organisation. `path` holds the numbers from the root down to it.

    Allowed parents by kind and the states: PRODUCT section 3.
    """

    class Kind(models.TextChoices):
        WORKING_COMMITTEE = "working_committee", _("工委")
        COMMITTEE = "committee", _("机关党委")
        GENERAL_BRANCH = "general_branch", _("党总支")
        BRANCH = "branch", _("党支部")

    class State(models.TextChoices):
        ACTIVE = "active", _("正常")
        SUSPENDED = "suspended", _("停用")
        MERGED = "merged", _("已合并")
        DISSOLVED = "dissolved", _("已撤销")

    MOVES = {
        State.ACTIVE: (State.SUSPENDED, State.MERGED, State.DISSOLVED),
        State.SUSPENDED: (State.ACTIVE, State.MERGED, State.DISSOLVED),
    }
    STANDING_STATES = (State.ACTIVE, State.SUSPENDED)
    OVER_STATES = (State.MERGED, State.DISSOLVED)
    PARENT_KINDS = {
        Kind.WORKING_COMMITTEE: (),
        Kind.COMMITTEE: (Kind.WORKING_COMMITTEE,),
        Kind.GENERAL_BRANCH: (Kind.WORKING_COMMITTEE, Kind.COMMITTEE),
        Kind.BRANCH: (
            Kind.WORKING_COMMITTEE,
            Kind.COMMITTEE,
            Kind.GENERAL_BRANCH,
        ),
    }

    code = models.CharField(_("编码"), max_length=20, unique=True)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ACTIVE
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("合并后的党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
    )
    path = models.CharField(  # noqa: DJ001 unknown until the row has a number
        _("路径"), max_length=200, unique=True, editable=False, null=True
    )
    unit_name = models.CharField(_("所在单位"), max_length=100, db_index=True)
    member_count = models.PositiveIntegerField(_("在职党员数"), null=True, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=50, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=20, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("党组织")
        verbose_name_plural = _("党组织")
        ordering = ["path"]
        constraints = [
            ends_after_start("organization_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(state="merged", successor__isnull=False)
                | ~models.Q(state="merged"),
                name="organization_merged_has_successor",
                violation_error_message=_("已合并的党组织必须有合并后的党组织。"),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("communities:organization_detail", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether it was merged or dissolved."""
        return self.state in self.OVER_STATES

    @property
    def masked_phone(self) -> str:
        """The contact's number for other eyes; a short one is not shown at all."""
        is_long = len(self.contact_phone) >= SHORTEST_PHONE
        return mask_phone(self.contact_phone) if is_long else ""

    def is_below(self, other: "Organization") -> bool:
        """Whether this is `other` itself or stands below it in the tree."""
        return bool(other.path) and (self.path or "").startswith(other.path)
