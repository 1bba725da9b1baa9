"""The five pillars of the letter and the initiatives under them, with their words."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.periods import Period, PeriodQuerySet, ends_after_start


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
    """A line of work under a pillar; editable data.

    Targets are for organisations only, and shown where the campaign switches them
    on. Study, meetings and ordinary duty never give hours (PRODUCT section 4).
    """

    class Kind(models.TextChoices):
        STUDY = "study", _("学习")
        PUBLICITY = "publicity", _("宣传")
        CREATION = "creation", _("创建")
        DEED = "deed", _("为群众办实事")
        VIRTUE = "virtue", _("道德风尚")
        FAMILY = "family", _("家庭")
        SERVICE = "service", _("服务")

    class TargetPeriod(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        YEAR = "year", _("每年")

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
    kind = models.CharField(
        _("类型"), max_length=10, choices=Kind.choices, default=Kind.PUBLICITY
    )
    evidence_hint = models.CharField(
        _("佐证要求"),
        max_length=200,
        blank=True,
        help_text=_("写给记录人看，例如“会议签到照片和横幅照片各一张”。"),
    )
    photos_wanted = models.PositiveSmallIntegerField(_("至少照片数"), default=1)
    wants_document = models.BooleanField(_("须附文件"), default=False)
    wants_participant_count = models.BooleanField(_("须填参加人数"), default=False)
    target_count = models.PositiveSmallIntegerField(
        _("目标次数"),
        null=True,
        blank=True,
        help_text=_("每个单位每期应办的次数，只对党组织；不设则留空。"),
    )
    target_period = models.CharField(
        _("目标周期"), max_length=10, choices=TargetPeriod.choices, blank=True
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
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="study", counts_as_service=True),
                name="initiative_study_gives_no_hours",
                violation_error_message=_("学习类举措不产生服务时长。"),
            ),
            models.CheckConstraint(
                condition=models.Q(target_count=None, target_period="")
                | models.Q(target_count__gte=1)
                & models.Q(target_period__in=["month", "quarter", "year"]),
                name="initiative_target_is_whole",
                violation_error_message=_("目标次数和目标周期须一并填写。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PillarVersion(Period):
    """The words of a pillar from one day to another; today's stand on the pillar."""

    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("板块"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    title = models.CharField(_("板块"), max_length=40)
    summary = models.TextField(_("要求"), blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("板块沿革")
        verbose_name_plural = _("板块沿革")
        ordering = ["pillar", "-starts_on"]
        constraints = [
            ends_after_start("pillar_version_ends_after_start"),
            models.UniqueConstraint(
                fields=["pillar", "starts_on"], name="pillar_version_one_a_day"
            ),
            models.UniqueConstraint(
                fields=["pillar"],
                name="pillar_version_one_open",
                condition=models.Q(ends_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InitiativeVersion(Period):
    """The words of an initiative from one day to another; see PillarVersion."""

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("举措"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    title = models.CharField(_("举措"), max_length=60)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("举措沿革")
        verbose_name_plural = _("举措沿革")
        ordering = ["initiative", "-starts_on"]
        constraints = [
            ends_after_start("initiative_version_ends_after_start"),
            models.UniqueConstraint(
                fields=["initiative", "starts_on"], name="initiative_version_one_a_day"
            ),
            models.UniqueConstraint(
                fields=["initiative"],
                name="initiative_version_one_open",
                condition=models.Q(ends_on=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityTemplate(models.Model):
    """What an activity of an initiative starts from: words to be filled in."""

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("举措"),
        on_delete=models.PROTECT,
        related_name="templates",
    )
    name = models.CharField(_("模板名称"), max_length=40)
    title = models.CharField(_("活动名称"), max_length=60)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    text = models.TextField(_("活动说明"), max_length=500, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=120)
    is_open = models.BooleanField(_("启用"), default=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("活动模板")
        verbose_name_plural = _("活动模板")
        ordering = ["initiative", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "name"],
                name="activity_template_name_unique",
                violation_error_message=_("该举措下已有同名模板。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
