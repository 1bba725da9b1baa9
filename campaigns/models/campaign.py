"""The campaign, its five pillars and the initiatives under them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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

    title = models.CharField(_("行动名称"), max_length=100, unique=True)
    slogan = models.CharField(_("口号"), max_length=100, blank=True)
    introduction = models.TextField(_("说明"), blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.PLANNED
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("行动")
        verbose_name_plural = _("行动")
        ordering = ["-starts_on"]
        constraints = [ends_after_start("campaign_ends_after_start")]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_records(self) -> bool:
        """Whether activities may be recorded under it."""
        return self.state in {self.State.ACTIVE, self.State.CLOSING}


class Pillar(models.Model):
    """One of the five things the letter of 26 April 2022 asks for."""

    class Code(models.TextChoices):
        AWARENESS = "awareness", _("深化认识、营造氛围")
        DUTY = "duty", _("履职尽责、提升效能")
        VIRTUE = "virtue", _("崇德向善、引领风尚")
        FAMILY = "family", _("带动家庭、参与创建")
        SERVICE = "service", _("志愿服务、助力基层")

    code = models.CharField(_("代码"), max_length=10, choices=Code.choices, unique=True)
    title = models.CharField(_("板块"), max_length=40)
    summary = models.TextField(_("要求"), blank=True)
    position = models.PositiveSmallIntegerField(_("次序"), unique=True)

    class Meta:
        verbose_name = _("板块")
        verbose_name_plural = _("板块")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:pillar_detail", args=[self.code])


class Initiative(models.Model):
    """A line of work under a pillar; editable data."""

    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("板块"),
        on_delete=models.PROTECT,
        related_name="initiatives",
    )
    title = models.CharField(_("举措"), max_length=60)
    counts_as_service = models.BooleanField(
        _("可产生服务时长"),
        default=False,
        help_text=_("学习、会议和日常履职不产生服务时长。"),
    )
    is_open = models.BooleanField(_("启用"), default=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("举措")
        verbose_name_plural = _("举措")
        ordering = ["pillar__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pillar", "title"],
                name="initiative_title_unique_in_pillar",
                violation_error_message=_("该板块下已有同名举措。"),
            )
        ]

    def __str__(self) -> str:
        return self.title
