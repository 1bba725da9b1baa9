"""Hours of service: the ledger of what a person has done."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models import Activity
from communities.models import Organization
from communities.permissions import Permission, scope_filter
from core.models import StatefulModel
from volunteers.models.shift import Shift
from volunteers.models.signup import Signup
from volunteers.models.volunteer import Volunteer


class ServiceRecordQuerySet(models.QuerySet):
    """Records by state, time and reader."""

    def confirmed(self) -> "ServiceRecordQuerySet":
        """Records that count."""
        return self.filter(state=ServiceRecord.State.CONFIRMED)

    def live(self) -> "ServiceRecordQuerySet":
        """Records that count or may come to count."""
        return self.filter(state__in=ServiceRecord.LIVE_STATES)

    def overlapping(
        self, starts_at: datetime, ends_at: datetime
    ) -> "ServiceRecordQuerySet":
        """Records that share time with the period."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def visible_to(self, user) -> "ServiceRecordQuerySet":
        """A person sees their own; officials those of their organisations; the office
        those of the district."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(volunteer__user_id=user.pk)
            | scope_filter(
                user, Permission.SHIFT_MANAGE, organization="activity__organization"
            )
            | scope_filter(
                user, Permission.HOURS_OVERSEE, organization="activity__organization"
            )
        )


class ServiceRecord(StatefulModel):
    """One stretch of service of one person; `minutes` are whole and real.

    `level` says who must confirm: the organisation itself, its superior, or the
    office, by the minutes of the day. A correction is a new row that `corrects` the
    old one; nothing is overwritten. `organization` is who recorded it.
    Source: PRODUCT section 4, attendance and hours; 民政部令第67号.
    """

    class State(models.TextChoices):
        RECORDED = "recorded", _("待确认")
        IN_REVIEW = "in_review", _("补录待审核")
        CONFIRMED = "confirmed", _("已确认")
        REJECTED = "rejected", _("未通过")
        CORRECTED = "corrected", _("已更正")
        VOIDED = "voided", _("已作废")

    class Kind(models.TextChoices):
        SHIFT = "shift", _("班次")
        LATE = "late", _("补录")
        CORRECTION = "correction", _("更正")

    class Level(models.TextChoices):
        DIRECT = "direct", _("本组织")
        SUPERIOR = "superior", _("上级党组织")
        OFFICE = "office", _("区文明办")

    MOVES = {
        State.RECORDED: (
            State.CONFIRMED,
            State.REJECTED,
            State.CORRECTED,
            State.VOIDED,
        ),
        State.IN_REVIEW: (State.CONFIRMED, State.REJECTED),
        State.CONFIRMED: (State.CORRECTED, State.VOIDED),
    }
    LIVE_STATES = (State.RECORDED, State.IN_REVIEW, State.CONFIRMED)

    volunteer = models.ForeignKey(
        Volunteer,
        verbose_name=_("志愿者"),
        on_delete=models.PROTECT,
        related_name="service_records",
    )
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="service_records",
    )
    shift = models.ForeignKey(
        Shift,
        verbose_name=_("班次"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="service_records",
    )
    signup = models.ForeignKey(
        Signup,
        verbose_name=_("报名"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="service_records",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("记录组织"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("更正自"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
    )
    kind = models.CharField(_("来源"), max_length=10, choices=Kind.choices)
    level = models.CharField(
        _("由谁确认"), max_length=10, choices=Level.choices, default=Level.DIRECT
    )
    content = models.CharField(_("服务内容"), max_length=100)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    minutes = models.PositiveIntegerField(_("分钟"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    proof = models.CharField(_("证明"), max_length=200, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("确认人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answer = models.CharField(_("意见"), max_length=200, blank=True)

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务时长")
        verbose_name_plural = _("服务时长")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="service_record_ends_after_start",
                violation_error_message=_("结束时间必须晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1),
                name="service_record_has_minutes",
                violation_error_message=_("服务时长至少一分钟。"),
            ),
            models.UniqueConstraint(
                fields=["signup"],
                name="service_record_one_live_a_signup",
                condition=models.Q(state__in=["recorded", "in_review", "confirmed"]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["volunteer", "starts_at"], name="service_record_by_volunteer"
            ),
            models.Index(
                fields=["state", "activity"],
                name="service_record_to_decide",
                condition=models.Q(state__in=["recorded", "in_review"]),
            ),
        ]

    def __str__(self) -> str:
        return self.content

    @property
    def audit_name(self) -> str:
        """No person is named in the audit log."""
        return self.content

    def get_absolute_url(self) -> str:
        return reverse("volunteers:record_detail", args=[self.pk])

    @property
    def counts(self) -> bool:
        """Whether its minutes are in the person's sum."""
        return self.state == self.State.CONFIRMED

    @property
    def is_undecided(self) -> bool:
        """Whether somebody must still confirm or reject it."""
        return self.state in (self.State.RECORDED, self.State.IN_REVIEW)

    @property
    def is_correctable(self) -> bool:
        """Whether its time may be put right: a late entry in review is rejected."""
        return self.state in (self.State.RECORDED, self.State.CONFIRMED)
