"""Units paired with communities by notice."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.division import Community
from communities.models.organization import Organization
from communities.models.periods import Period, PeriodQuerySet, ends_after_start
from communities.models.uploads import UploadQuerySet
from core.phones import mask_phone


class PairingNotice(models.Model):
    """The district's notice that pairs units with communities (挂钩社区).

    A whole one names all pairings from its day on: what it does not name ends. A
    supplement only adds. One dated ahead may be withdrawn until its day comes.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", _("整体调整")
        SUPPLEMENT = "supplement", _("补充新增")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待生效")
        ACTIVE = "active", _("已生效")
        WITHDRAWN = "withdrawn", _("已撤回")

    number = models.CharField(_("文号"), max_length=60, unique=True)
    kind = models.CharField(
        _("通知类型"), max_length=10, choices=Kind.choices, default=Kind.SUPPLEMENT
    )
    starts_on = models.DateField(_("生效日期"))
    published_at = models.DateTimeField(_("发布时间"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发布人"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(
        _("撤回时间"), null=True, blank=True, editable=False
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤回人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    withdrawal_reason = models.CharField(
        _("撤回理由"), max_length=200, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("结对通知")
        verbose_name_plural = _("结对通知")
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("communities:notice_detail", args=[self.pk])

    def state_on(self, day: date) -> str:
        """Planned or in force, as of `day`; withdrawn whatever the day."""
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        is_ahead = day < self.starts_on
        return self.State.PROPOSED if is_ahead else self.State.ACTIVE

    @property
    def state(self) -> str:
        """The state of today."""
        return self.state_on(timezone.localdate())

    def get_state_display(self) -> str:
        return self.State(self.state).label


class PairingQuerySet(PeriodQuerySet):
    """Pairings by day and by what they tie together."""

    def valid(self) -> "PairingQuerySet":
        """Rows that were not taken back before they began."""
        return self.filter(voided_at=None)

    def on(self, day: date) -> "PairingQuerySet":
        """Pairings that hold on `day`."""
        return super().on(day).valid()

    def overlapping(self, starts_on: date, ends_on: date | None) -> "PairingQuerySet":
        """Rows that hold on at least one day of the period."""
        rows = self.valid().filter(
            models.Q(ends_on=None) | models.Q(ends_on__gte=starts_on)
        )
        return rows if ends_on is None else rows.filter(starts_on__lte=ends_on)


class Pairing(Period):
    """One unit's party organisation paired with one community.

    Proposed, active and ended are read off the dates: a pairing is active from its
    first to its last day, both included. No two valid rows of one pair overlap
    (exclusion constraint on PostgreSQL, looked up under the lock on SQLite). A row
    taken back before it began is voided. `ended_by` is the notice that ended it,
    `ends_on_before` the end it had until then.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待生效")
        ACTIVE = "active", _("生效中")
        ENDED = "ended", _("已结束")
        VOIDED = "voided", _("已作废")

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("党组织"),
        on_delete=models.PROTECT,
        related_name="pairings",
    )
    community = models.ForeignKey(
        Community,
        verbose_name=_("社区（村）"),
        on_delete=models.PROTECT,
        related_name="pairings",
    )
    notice = models.ForeignKey(
        PairingNotice,
        verbose_name=_("结对通知"),
        on_delete=models.PROTECT,
        related_name="pairings",
    )
    is_lead = models.BooleanField(_("牵头"), default=False)
    leader_name = models.CharField(_("挂钩领导"), max_length=50, blank=True)
    leader_title = models.CharField(_("职务"), max_length=50, blank=True)
    contact_name = models.CharField(_("联络员"), max_length=50, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    ended_by = models.ForeignKey(
        PairingNotice,
        verbose_name=_("结束依据"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="ended_pairings",
    )
    ends_on_before = models.DateField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(
        _("作废时间"), null=True, blank=True, editable=False
    )
    continues = models.ForeignKey(
        "self",
        verbose_name=_("承接自"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="continued_by",
    )

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("结对")
        verbose_name_plural = _("结对")
        ordering = ["organization__path", "-is_lead", "community__code"]
        constraints = [
            ends_after_start("pairing_ends_after_start"),
            models.UniqueConstraint(
                fields=["organization", "community"],
                name="pairing_one_open_row_a_pair",
                condition=models.Q(ends_on=None, voided_at=None),
                violation_error_message=_("该单位与该社区已结对。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} — {self.community}"

    def state_on(self, day: date) -> str:
        """Proposed, active or ended, as of `day`; voided whatever the day."""
        if self.voided_at is not None:
            return self.State.VOIDED
        if day < self.starts_on:
            return self.State.PROPOSED
        return self.State.ACTIVE if self.holds_on(day) else self.State.ENDED

    @property
    def state(self) -> str:
        """The state of today."""
        return self.state_on(timezone.localdate())

    @property
    def masked_phone(self) -> str:
        """The contact's number for other eyes: 138****5678."""
        return mask_phone(self.contact_phone)

    def get_state_display(self) -> str:
        return self.State(self.state).label


class PairingImport(models.Model):
    """An uploaded notice, previewed but not yet confirmed.

    `rows` keeps the cells as read (number and values a row), so that confirming
    works on any machine and matches against the register of that moment.
    """

    file_name = models.CharField(_("文件名"), max_length=200)
    number = models.CharField(_("文号"), max_length=60)
    starts_on = models.DateField(_("生效日期"))
    kind = models.CharField(
        _("通知类型"),
        max_length=10,
        choices=PairingNotice.Kind.choices,
        default=PairingNotice.Kind.SUPPLEMENT,
    )
    rows = models.JSONField(_("内容"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("结对导入")
        verbose_name_plural = _("结对导入")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("communities:pairing_import_preview", args=[self.pk])
