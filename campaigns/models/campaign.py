"""The campaign (创城行动): one cycle, from its plan to its frozen figures."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start
from core.models import StatefulModel


class Campaign(StatefulModel, Period):
    """One cycle of the district's work to be a national civilized city (创城)."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备中")
        ACTIVE = "active", _("进行中")
        CLOSING = "closing", _("收尾中")
        FROZEN = "frozen", _("已冻结")
        ARCHIVED = "archived", _("已归档")

    MOVES = {
        State.PLANNED: (State.ACTIVE,),
        State.ACTIVE: (State.CLOSING,),
        State.CLOSING: (State.FROZEN,),
        State.FROZEN: (State.ARCHIVED,),
    }

    RECORD_STATES = (State.ACTIVE, State.CLOSING, State.FROZEN)

    title = models.CharField(_("行动名称"), max_length=100, unique=True)
    cycle = models.CharField(_("创建周期"), max_length=40, blank=True)
    slogan = models.CharField(_("口号"), max_length=100, blank=True)
    introduction = models.TextField(_("说明"), blank=True)
    test_starts_on = models.DateField(_("测评开始日期"), null=True, blank=True)
    test_ends_on = models.DateField(_("测评结束日期"), null=True, blank=True)
    shows_targets = models.BooleanField(
        _("启用目标"),
        default=False,
        help_text=_("目标只对党组织设定，不涉及个人，可随时关闭。"),
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    closes_on = models.DateField(
        _("收尾截止日期"), null=True, blank=True, editable=False
    )
    frozen_at = models.DateTimeField(
        _("冻结时间"), null=True, blank=True, editable=False
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("行动")
        verbose_name_plural = _("行动")
        ordering = ["-starts_on"]
        constraints = [
            ends_after_start("campaign_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(test_starts_on=None, test_ends_on=None)
                | models.Q(test_ends_on__gte=models.F("test_starts_on")),
                name="campaign_test_window_in_order",
                violation_error_message=_(
                    "测评的开始和结束日期须一并填写，且先后有序。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign_detail", args=[self.pk])

    @property
    def takes_records(self) -> bool:
        """Whether activities may be recorded under it; in a frozen one, late ones."""
        return self.state in self.RECORD_STATES

    @property
    def is_frozen(self) -> bool:
        """Whether its figures are fixed: what comes now goes to the addendum."""
        return self.state in {self.State.FROZEN, self.State.ARCHIVED}


class FrozenFigure(models.Model):
    """What an organisation had done under an initiative in a month, at the freeze.

    Rows are written once, when the campaign is frozen, and never changed: neither
    late records nor mergers move them (PRODUCT section 3). Names are those of that
    day; `path` is the organisation's place in the tree of that day. An activity of
    several organisations counts for each of them, and once in `led_count`.
    """

    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("行动"),
        on_delete=models.PROTECT,
        related_name="frozen_figures",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    initiative = models.ForeignKey(
        "campaigns.Initiative",
        verbose_name=_("举措"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    pillar = models.ForeignKey(
        "campaigns.Pillar",
        verbose_name=_("板块"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    month = models.DateField(_("月份"))  # its first day
    path = models.CharField(_("层级"), max_length=200)
    organization_name = models.CharField(_("党组织名称"), max_length=100)
    unit_name = models.CharField(_("所在单位"), max_length=100)
    activity_count = models.PositiveIntegerField(_("活动数"))
    led_count = models.PositiveIntegerField(_("牵头活动数"))
    participant_count = models.PositiveIntegerField(_("参加人次"))
    photo_count = models.PositiveIntegerField(_("照片数"))

    class Meta:
        verbose_name = _("冻结数据")
        verbose_name_plural = _("冻结数据")
        ordering = ["campaign", "path", "pillar", "initiative", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization", "initiative", "pillar", "month"],
                name="frozen_figure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_name} {self.month:%Y-%m}"
