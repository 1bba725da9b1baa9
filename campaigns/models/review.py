"""What the office decides about a submitted activity, and what it asks to mend."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.activity import Activity
from campaigns.models.evidence import Evidence


class Review(models.Model):
    """One decision of the office about a submitted activity."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("通过")
        RETURNED = "returned", _("退回")

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    decision = models.CharField(_("结论"), max_length=10, choices=Decision.choices)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    reviewed_at = models.DateTimeField(_("审核时间"), auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("审核人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("审核")
        verbose_name_plural = _("审核")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="approved") | ~models.Q(reason=""),
                name="review_return_has_reason",
                violation_error_message=_("退回时必须写明理由。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.get_decision_display()}"


class Field(models.TextChoices):
    """The part of a record a remark speaks of."""

    TITLE = "title", _("活动名称")
    INITIATIVE = "initiative", _("板块和举措")
    TIME = "time", _("时间")
    PLACE = "place", _("地点")
    TEXT = "text", _("活动说明")
    PARTICIPANTS = "participants", _("参加人数")
    PHOTOS = "photos", _("照片")
    CAPTIONS = "captions", _("照片说明")
    DOCUMENTS = "documents", _("文件")
    STUDY = "study", _("学习情况")
    DEED = "deed", _("实事办理情况")
    OTHER = "other", _("其他")


class ReturnReason(models.Model):
    """A usual reason to return a record, to choose from; data of the office."""

    text = models.CharField(_("理由"), max_length=100, unique=True)
    field = models.CharField(_("对应内容"), max_length=12, choices=Field.choices)
    is_open = models.BooleanField(_("启用"), default=True)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("退回理由")
        verbose_name_plural = _("退回理由")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class ReviewPoint(models.Model):
    """One thing to mend, shown to the author beside what it speaks of.

    `text` keeps the words of the day; the photo it may point at can be gone.
    """

    review = models.ForeignKey(
        Review, verbose_name=_("审核"), on_delete=models.PROTECT, related_name="points"
    )
    field = models.CharField(_("对应内容"), max_length=12, choices=Field.choices)
    text = models.CharField(_("意见"), max_length=200)
    evidence = models.ForeignKey(
        Evidence,
        verbose_name=_("照片"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("审核意见")
        verbose_name_plural = _("审核意见")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
