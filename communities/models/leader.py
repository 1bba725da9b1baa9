"""Leading teams of the units: posts, who holds them, and the two links (双挂钩)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.organization import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start


class LeadingPost(Period):
    """A post of a unit's leading team; without a term on a day it is vacant."""

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="leading_posts",
    )
    title = models.CharField(_("职务"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("排序"), default=1)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("领导职务")
        verbose_name_plural = _("领导职务")
        ordering = ["organization__path", "rank", "pk"]
        constraints = [
            ends_after_start("leading_post_ends_after_start"),
            models.UniqueConstraint(
                fields=["organization", "title"],
                name="leading_post_one_open_a_title",
                condition=models.Q(ends_on=None),
                violation_error_message=_("该单位已有这个职务。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization.unit_name} {self.title}"


class Leader(models.Model):
    """A person of a leading team, however many posts they hold: counted once."""

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("登记单位"),
        on_delete=models.PROTECT,
        related_name="leaders",
    )
    name = models.CharField(_("姓名"), max_length=50)

    class Meta:
        verbose_name = _("领导班子成员")
        verbose_name_plural = _("领导班子成员")
        ordering = ["organization__path", "pk"]

    def __str__(self) -> str:
        return self.name


class LeaderTerm(Period):
    """That a person holds a post, from one day to another. One holder a post."""

    post = models.ForeignKey(
        LeadingPost,
        verbose_name=_("职务"),
        on_delete=models.PROTECT,
        related_name="terms",
    )
    leader = models.ForeignKey(
        Leader,
        verbose_name=_("任职人"),
        on_delete=models.PROTECT,
        related_name="terms",
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ["post", "-starts_on"]
        constraints = [
            ends_after_start("leader_term_ends_after_start"),
            models.UniqueConstraint(
                fields=["post"],
                name="leader_term_one_open_a_post",
                condition=models.Q(ends_on=None),
                violation_error_message=_("该职务已有人任职。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} {self.post.title}"


class LeaderLink(Period):
    """One of a leader's two links: first a community, second a freer target.

    The second may be another community, an estate, a road or a market: a label.
    No two links of one leader and slot overlap. Source: PRODUCT section 3.
    """

    class Slot(models.TextChoices):
        COMMUNITY = "community", _("挂钩社区")
        SECOND = "second", _("第二挂钩点")

    leader = models.ForeignKey(
        Leader,
        verbose_name=_("领导班子成员"),
        on_delete=models.PROTECT,
        related_name="links",
    )
    slot = models.CharField(_("挂钩类别"), max_length=10, choices=Slot.choices)
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leader_links",
    )
    label = models.CharField(_("挂钩点名称"), max_length=60, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("领导双挂钩")
        verbose_name_plural = _("领导双挂钩")
        ordering = ["leader", "slot", "-starts_on"]
        constraints = [
            ends_after_start("leader_link_ends_after_start"),
            models.UniqueConstraint(
                fields=["leader", "slot"],
                name="leader_link_one_open_a_slot",
                condition=models.Q(ends_on=None),
                violation_error_message=_("该领导这一类挂钩已有登记。"),
            ),
            models.CheckConstraint(
                condition=models.Q(slot="community", community__isnull=False)
                | models.Q(slot="second", community__isnull=False)
                | (models.Q(slot="second", community=None) & ~models.Q(label="")),
                name="leader_link_has_target",
                violation_error_message=_("请选择社区或填写挂钩点名称。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} — {self.target_name}"

    @property
    def target_name(self) -> str:
        """The community, or what the label calls the place."""
        return self.community.name if self.community else self.label
