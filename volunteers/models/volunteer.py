"""A person who takes part."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from volunteers.models.skill import Skill


class Availability(models.TextChoices):
    """When a person has time; `Volunteer.availability` holds codes, comma-joined."""

    WORKDAY_MORNING = "workday_morning", _("工作日上午")
    WORKDAY_AFTERNOON = "workday_afternoon", _("工作日下午")
    WORKDAY_EVENING = "workday_evening", _("工作日晚上")
    WEEKEND_MORNING = "weekend_morning", _("周末上午")
    WEEKEND_AFTERNOON = "weekend_afternoon", _("周末下午")
    WEEKEND_EVENING = "weekend_evening", _("周末晚上")


class Volunteer(models.Model):
    """What a person tells about themselves to take part; made at first use.

    Not asked: ID number, home address, face, religion, health (PRODUCT section 4).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("人员"),
        on_delete=models.PROTECT,
        related_name="volunteer",
    )
    home_community = models.ForeignKey(
        Community,
        verbose_name=_("居住社区（村）"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    skills = models.ManyToManyField(
        Skill, verbose_name=_("技能"), blank=True, related_name="volunteers"
    )
    availability = models.CharField(_("方便的时间"), max_length=120, blank=True)
    accepts_invitations = models.BooleanField(_("愿意收到邀请"), default=False)
    accepts_known = models.BooleanField(_("愿意收到去过的单位的邀请"), default=True)
    shows_stars = models.BooleanField(_("显示星级"), default=False)
    calendar_token = models.CharField(
        max_length=43, unique=True, null=True, blank=True, editable=False
    )
    guardian_name = models.CharField(_("监护人姓名"), max_length=50, blank=True)
    guardian_consented_at = models.DateTimeField(
        _("监护人同意时间"), null=True, blank=True
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("志愿者")
        verbose_name_plural = _("志愿者")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def needs_guardian(self) -> bool:
        """A minor whose guardian has not agreed yet."""
        return self.user.is_minor and self.guardian_consented_at is None
