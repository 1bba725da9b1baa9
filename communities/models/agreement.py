"""Co-building agreements and joint meetings of units and communities."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.organization import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start


class Agreement(Period):
    """A dated co-building agreement (共建协议); a renewal points to the one before.

    Its state is read off the dates, and off whether it was renewed.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待生效")
        ACTIVE = "active", _("生效中")
        ENDING = "ending", _("即将到期")
        RENEWED = "renewed", _("已续签")
        ENDED = "ended", _("已到期")

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    title = models.CharField(_("协议名称"), max_length=100)
    signed_on = models.DateField(_("签订日期"))
    summary = models.TextField(_("共建事项"), max_length=500)
    file = models.CharField(_("协议文件"), max_length=200, blank=True, editable=False)
    file_name = models.CharField(
        _("文件名"), max_length=200, blank=True, editable=False
    )
    renews = models.OneToOneField(
        "self",
        verbose_name=_("续签自"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewal",
    )
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("共建协议")
        verbose_name_plural = _("共建协议")
        ordering = ["-starts_on", "-pk"]
        constraints = [ends_after_start("agreement_ends_after_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:agreement_detail", args=[self.pk])

    @property
    def is_renewed(self) -> bool:
        """Whether another agreement goes on from this one."""
        return hasattr(self, "renewal")

    def state_on(self, day: date) -> str:
        """What the agreement is on `day`: see State."""
        if day < self.starts_on:
            return self.State.PROPOSED
        if self.ends_on and self.ends_on < day:
            return self.State.RENEWED if self.is_renewed else self.State.ENDED
        soon = day + timedelta(days=settings.AGREEMENT_ENDING_DAYS)
        if self.ends_on and self.ends_on <= soon and not self.is_renewed:
            return self.State.ENDING
        return self.State.ACTIVE

    @property
    def state(self) -> str:
        """The state of today."""
        return self.state_on(timezone.localdate())

    def get_state_display(self) -> str:
        return self.State(self.state).label

    @property
    def badge(self) -> str:
        """The look of the state: what ends soon looks like what waits."""
        return "pending" if self.state == self.State.ENDING else self.state


class JointMeeting(models.Model):
    """The record of a joint meeting (联席会议) called by a community."""

    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    organizations = models.ManyToManyField(
        Organization, verbose_name=_("参会单位"), related_name="meetings"
    )
    title = models.CharField(_("会议名称"), max_length=100)
    held_on = models.DateField(_("会议日期"))
    place = models.CharField(_("地点"), max_length=100)
    record = models.TextField(_("会议纪要"), max_length=2000)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("联席会议")
        verbose_name_plural = _("联席会议")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:meeting_detail", args=[self.pk])


class MeetingAction(models.Model):
    """What a meeting agreed on: who does what by when. No owner: the community."""

    meeting = models.ForeignKey(
        JointMeeting,
        verbose_name=_("联席会议"),
        on_delete=models.PROTECT,
        related_name="meeting_actions",
    )
    text = models.CharField(_("议定事项"), max_length=200)
    owner = models.ForeignKey(
        Organization,
        verbose_name=_("责任单位"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_actions",
    )
    due_on = models.DateField(_("完成期限"))
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("办结人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    result = models.CharField(_("办理结果"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("议定事项")
        verbose_name_plural = _("议定事项")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text

    def days_overdue(self, day: date) -> int:
        """How many days the action is late on `day`; 0 when done or not due."""
        return 0 if self.done_at else max((day - self.due_on).days, 0)
