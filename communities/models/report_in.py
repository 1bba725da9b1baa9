"""The double report-in: units and members report in to communities."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.organization import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start
from communities.models.post import ServicePost
from core.models import StatefulModel


class OrganizationReportIn(StatefulModel, Period):
    """A unit's party organisation reports in to a community for one period.

    `number` is given at the first submission, stands on the slip and the receipt
    and stays when a returned one is submitted again. One live row for each
    organisation, community and period. Source: PRODUCT section 3.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待签收")
        RECEIVED = "received", _("已签收")
        RETURNED = "returned", _("已退回")
        ENDED = "ended", _("已结束")

    MOVES = {
        State.DRAFT: (State.SUBMITTED, State.ENDED),
        State.SUBMITTED: (State.RECEIVED, State.RETURNED, State.ENDED),
        State.RETURNED: (State.SUBMITTED, State.ENDED),
        State.RECEIVED: (State.ENDED,),
    }
    LIVE_STATES = (State.DRAFT, State.SUBMITTED, State.RECEIVED, State.RETURNED)
    EDITABLE_STATES = (State.DRAFT, State.RETURNED)

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="report_ins",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="organization_report_ins",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    number = models.CharField(
        _("编号"), max_length=30, unique=True, null=True, blank=True, editable=False
    )
    member_count = models.PositiveIntegerField(_("在职党员数"))
    leader_name = models.CharField(_("带队领导"), max_length=50)
    leader_title = models.CharField(_("职务"), max_length=50, blank=True)
    contact_name = models.CharField(_("联络员"), max_length=50)
    contact_phone = models.CharField(_("联系电话"), max_length=20)
    offers = models.TextField(_("可提供的服务和资源"), max_length=500)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("签收或退回时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("签收或退回人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    return_reason = models.CharField(_("退回理由"), max_length=200, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位报到")
        verbose_name_plural = _("单位报到")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ends_after_start("organization_report_in_ends_after_start"),
            models.UniqueConstraint(
                fields=["organization", "community", "starts_on"],
                name="organization_report_in_one_live",
                condition=~models.Q(state="ended"),
                violation_error_message=_("这一期已经有报到记录。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "ended"])
                | models.Q(number__isnull=False, submitted_at__isnull=False),
                name="organization_report_in_submitted_has_number",
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "submitted_at"],
                name="report_in_waiting",
                condition=models.Q(state="submitted"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} — {self.community}"

    def get_absolute_url(self) -> str:
        return reverse("communities:report_in_detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """Whether the unit may still change what it reports."""
        return self.state in self.EDITABLE_STATES

    @property
    def was_received(self) -> bool:
        """Whether the community signed for it, whatever came later."""
        return (
            self.answered_at is not None
            and self.state
            in (
                self.State.RECEIVED,
                self.State.ENDED,
            )
            and not self.return_reason
        )


class ReportInReminder(models.Model):
    """That a missing unit report-in was recalled to someone: each level once."""

    class Level(models.TextChoices):
        CONTACT = "contact", _("提醒联络员")
        SUPERIOR = "superior", _("提醒上级")

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    period_starts_on = models.DateField(_("报到期开始"))
    level = models.CharField(_("提醒对象"), max_length=10, choices=Level.choices)
    sent_at = models.DateTimeField(_("提醒时间"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提醒人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("报到提醒")
        verbose_name_plural = _("报到提醒")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "community", "period_starts_on", "level"],
                name="report_in_reminder_once_a_level",
                violation_error_message=_("已经提醒过了。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_level_display()}"


class MemberReportIn(StatefulModel):
    """A person reports in to the community they live in; strictly their own act.

    `starts_on` is the day the community signed. At most one is active and one
    waits; moving ends the old one the day before. Source: PRODUCT section 3.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("待签收")
        ACTIVE = "active", _("已报到")
        RETURNED = "returned", _("已退回")
        TRANSFERRED = "transferred", _("已转出")
        ENDED = "ended", _("已结束")

    MOVES = {
        State.SUBMITTED: (State.ACTIVE, State.RETURNED, State.ENDED),
        State.RETURNED: (State.SUBMITTED, State.ENDED),
        State.ACTIVE: (State.TRANSFERRED, State.ENDED),
    }
    WAITING_STATES = (State.SUBMITTED, State.RETURNED)
    LIVE_STATES = (*WAITING_STATES, State.ACTIVE)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("党员"),
        on_delete=models.PROTECT,
        related_name="member_report_ins",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("所在党组织"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="member_report_ins",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("居住社区（村）"),
        on_delete=models.PROTECT,
        related_name="member_report_ins",
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=State.choices, default=State.SUBMITTED
    )
    skills = models.CharField(_("特长"), max_length=200, blank=True)
    free_times = models.CharField(_("可参加时间"), max_length=200, blank=True)
    posts = models.ManyToManyField(
        ServicePost, verbose_name=_("愿意认领的岗位"), blank=True, related_name="+"
    )
    starts_on = models.DateField(_("报到日期"), null=True, blank=True)
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"))
    answered_at = models.DateTimeField(_("签收或退回时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("签收或退回人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    return_reason = models.CharField(_("退回理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("党员报到")
        verbose_name_plural = _("党员报到")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="member_report_in_one_active",
                condition=models.Q(state="active"),
                violation_error_message=_("您已在一个社区报到。"),
            ),
            models.UniqueConstraint(
                fields=["user"],
                name="member_report_in_one_waiting",
                condition=models.Q(state__in=["submitted", "returned"]),
                violation_error_message=_("您已提交报到，请等待社区签收。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="member_report_in_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["active", "transferred"])
                | models.Q(starts_on__isnull=False),
                name="member_report_in_active_has_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "submitted_at"],
                name="member_report_in_waiting",
                condition=models.Q(state="submitted"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} — {self.community}"

    def get_absolute_url(self) -> str:
        return reverse("communities:member_report_in_detail", args=[self.pk])

    @property
    def audit_name(self) -> str:
        """Its name in the audit log, which the person's name must not outlive in."""
        return f"{self.community} {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether it holds or waits for an answer."""
        return self.state in self.LIVE_STATES
