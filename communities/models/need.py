"""Three lists: what communities need, what units can give, what joins the two."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.organization import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start
from core.models import StatefulModel


class NeedQuerySet(models.QuerySet):
    """Needs by where they stand."""

    def announced(self) -> "NeedQuerySet":
        """Needs that were published once, whatever became of them."""
        return self.exclude(published_at=None)

    def with_pieces_left(self, day: date) -> "NeedQuerySet":
        """Published needs of which something may still be claimed on `day`."""
        return self.filter(
            models.Q(wanted_by=None) | models.Q(wanted_by__gte=day),
            state=Need.State.PUBLISHED,
            claimed__lt=models.F("quantity"),
        )


class Need(StatefulModel):
    """What a community asks for, in pieces that may be claimed one by one.

    `claimed` counts the pieces under live claims; only actions change it, under the
    lock. Paired units may claim from the start, all units from `opens_to_all_at`.
    Source: PRODUCT section 3, Need.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("待认领")
        CLAIMED = "claimed", _("已认领")
        IN_PROGRESS = "in_progress", _("进行中")
        DELIVERED = "delivered", _("已交付")
        CONFIRMED = "confirmed", _("已确认")
        WITHDRAWN = "withdrawn", _("已撤回")
        EXPIRED = "expired", _("已过期")

    MOVES = {
        State.DRAFT: (State.PUBLISHED, State.WITHDRAWN),
        State.PUBLISHED: (State.CLAIMED, State.WITHDRAWN, State.EXPIRED),
        State.CLAIMED: (State.PUBLISHED, State.IN_PROGRESS, State.WITHDRAWN),
        State.IN_PROGRESS: (State.DELIVERED, State.PUBLISHED, State.WITHDRAWN),
        State.DELIVERED: (State.CONFIRMED, State.IN_PROGRESS),
    }
    EDITABLE_STATES = (
        State.DRAFT,
        State.PUBLISHED,
        State.CLAIMED,
        State.IN_PROGRESS,
    )
    WORKING_STATES = (
        State.PUBLISHED,
        State.CLAIMED,
        State.IN_PROGRESS,
        State.DELIVERED,
    )

    class Category(models.TextChoices):
        PEOPLE = "people", _("人力")
        GOODS = "goods", _("物资")
        SKILL = "skill", _("专业服务")
        VENUE = "venue", _("场地")
        OTHER = "other", _("其他")

    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="needs",
    )
    category = models.CharField(_("类别"), max_length=10, choices=Category.choices)
    title = models.CharField(_("需求名称"), max_length=60)
    text = models.TextField(_("需求说明"), max_length=500)
    quantity = models.PositiveSmallIntegerField(_("数量"), default=1)
    measure = models.CharField(_("单位"), max_length=10, default="项")
    claimed = models.PositiveSmallIntegerField(_("已认领"), default=0, editable=False)
    wanted_by = models.DateField(_("希望完成日期"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=State.choices, default=State.DRAFT
    )
    published_at = models.DateTimeField(
        _("发布时间"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发布人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("需求")
        verbose_name_plural = _("需求")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(claimed__lte=models.F("quantity")),
                name="need_never_overclaimed",
                violation_error_message=_("剩余数量不足。"),
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="need_asks_for_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:need_detail", args=[self.pk])

    @property
    def remaining(self) -> int:
        """Pieces nobody has claimed."""
        return self.quantity - self.claimed

    @property
    def is_editable(self) -> bool:
        """Whether its words and numbers may still be changed."""
        return self.state in self.EDITABLE_STATES

    @property
    def is_under_way(self) -> bool:
        """Published and neither confirmed, withdrawn nor expired."""
        return self.state in self.WORKING_STATES

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        looks = {
            self.State.CLAIMED: "handling",
            self.State.IN_PROGRESS: "handling",
            self.State.DELIVERED: "pending",
        }
        return looks.get(self.state, self.state)

    def is_past(self, day: date) -> bool:
        """Whether the day it was wanted by is over."""
        return self.wanted_by is not None and self.wanted_by < day

    @property
    def opens_to_all_at(self) -> datetime | None:
        """From when units that are not paired may claim; None for a draft."""
        if self.published_at is None:
            return None
        return self.published_at + timedelta(days=settings.NEED_PAIRED_FIRST_DAYS)


class NeedClaim(StatefulModel):
    """A unit takes some pieces of a need on itself."""

    class State(models.TextChoices):
        ACTIVE = "active", _("已认领")
        DELIVERED = "delivered", _("已交付")
        WITHDRAWN = "withdrawn", _("已放弃")

    MOVES = {
        State.ACTIVE: (State.DELIVERED, State.WITHDRAWN),
        State.DELIVERED: (State.ACTIVE,),
    }

    need = models.ForeignKey(
        Need, verbose_name=_("需求"), on_delete=models.PROTECT, related_name="claims"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("认领单位"),
        on_delete=models.PROTECT,
        related_name="need_claims",
    )
    quantity = models.PositiveSmallIntegerField(_("数量"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ACTIVE
    )
    claimed_at = models.DateTimeField(_("认领时间"), auto_now_add=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("认领人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("需求认领")
        verbose_name_plural = _("需求认领")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "organization"],
                name="need_claim_one_live",
                condition=~models.Q(state="withdrawn"),
                violation_error_message=_("贵单位已认领这项需求。"),
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="need_claim_takes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} — {self.need}"

    def get_absolute_url(self) -> str:
        return f"{self.need.get_absolute_url()}#claim-{self.pk}"

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        looks = {self.State.ACTIVE: "handling", self.State.DELIVERED: "verified"}
        return looks.get(self.state, self.state)

    @property
    def is_live(self) -> bool:
        """Whether the unit still has something to do for it."""
        return self.state == self.State.ACTIVE and self.need.is_under_way


class ResourceQuerySet(PeriodQuerySet):
    """Resources by the days on which they are offered."""

    def offered(self, day: date) -> "ResourceQuerySet":
        """Resources that may be planned with on `day`: not over yet."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))


class Resource(Period):
    """What a unit can give: people, goods, skills, venues."""

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="resources",
    )
    category = models.CharField(_("类别"), max_length=10, choices=Need.Category.choices)
    title = models.CharField(_("资源名称"), max_length=60)
    text = models.TextField(_("资源说明"), max_length=500)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("资源")
        verbose_name_plural = _("资源")
        ordering = ["-pk"]
        constraints = [ends_after_start("resource_ends_after_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:resource_detail", args=[self.pk])


class ServiceProject(StatefulModel):
    """A project joins a need of a community and a resource of a unit."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        CANCELLED = "cancelled", _("已取消")

    MOVES = {
        State.PLANNED: (State.RUNNING, State.CANCELLED),
        State.RUNNING: (State.DONE, State.CANCELLED),
    }
    LIVE_STATES = (State.PLANNED, State.RUNNING)

    need = models.ForeignKey(
        Need, verbose_name=_("需求"), on_delete=models.PROTECT, related_name="projects"
    )
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("资源"),
        on_delete=models.PROTECT,
        related_name="projects",
    )
    title = models.CharField(_("项目名称"), max_length=60)
    plan = models.TextField(_("项目安排"), max_length=500, blank=True)
    result = models.TextField(_("项目成效"), max_length=500, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("立项人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("服务项目")
        verbose_name_plural = _("服务项目")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "resource"],
                name="service_project_one_live",
                condition=~models.Q(state="cancelled"),
                violation_error_message=_("这项需求和这项资源已经立项。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:project_detail", args=[self.pk])

    @property
    def badge(self) -> str:
        """How its state looks: a name of a badge (docs/design.md)."""
        looks = {self.State.PLANNED: "proposed", self.State.DONE: "settled"}
        return looks.get(self.state, self.state)
