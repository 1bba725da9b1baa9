"""The log of a whistle: what happened, who said what, and photos."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.whistle import Whistle, WhistleResponse


class WhistleEntry(models.Model):
    """One line of a whistle's timeline; every deed writes one, none is changed.

    `actor` is the side that acted by its name of the day ("示例社区"), never a
    person's. The highest number of all tells open boards whether anything moved.
    """

    class Kind(models.TextChoices):
        ISSUED = "issued", _("吹哨")
        REISSUED = "reissued", _("补充后再次吹哨")
        DISPATCHED = "dispatched", _("派单")
        SENT_BACK = "sent_back", _("退回社区")
        ACCEPTED = "accepted", _("接单")
        RETURNED = "returned", _("退单")
        RELEASED = "released", _("解除派单")
        HANDED_ON = "handed_on", _("由承接单位继续办理")
        LOGGED = "logged", _("办理记录")
        EXTENSION_ASKED = "extension_asked", _("申请延期")
        EXTENSION_GRANTED = "extension_granted", _("同意延期")
        EXTENSION_REFUSED = "extension_refused", _("不同意延期")
        PEOPLE_ASKED = "people_asked", _("召集人手")
        DELIVERED = "delivered", _("交付")
        VERIFIED = "verified", _("社区确认")
        REOPENED = "reopened", _("要求重新办理")
        RATED = "rated", _("评价")
        CLOSED = "closed", _("办结")
        UNRATED = "unrated", _("到期未评价，自动办结")
        WITHDRAWN = "withdrawn", _("撤回")
        MERGED = "merged", _("并单")
        TOOK_IN = "took_in", _("并入一单")
        OVERDUE = "overdue", _("超时提醒")

    whistle = models.ForeignKey(
        Whistle,
        verbose_name=_("吹哨"),
        on_delete=models.PROTECT,
        related_name="entries",
    )
    response = models.ForeignKey(
        WhistleResponse,
        verbose_name=_("吹哨响应"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
    )
    other = models.ForeignKey(
        Whistle,
        verbose_name=_("另一单"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField(_("事项"), max_length=20, choices=Kind.choices)
    text = models.CharField(_("内容"), max_length=500, blank=True)
    actor = models.CharField(_("办理方"), max_length=120)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("吹哨记录")
        verbose_name_plural = _("吹哨记录")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class WhistlePhoto(models.Model):
    """A photo of the place, or of what was done; kept privately, small one included."""

    whistle = models.ForeignKey(
        Whistle,
        verbose_name=_("吹哨"),
        on_delete=models.PROTECT,
        related_name="photos",
    )
    entry = models.ForeignKey(
        WhistleEntry,
        verbose_name=_("吹哨记录"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
    )
    path = models.CharField(max_length=200, unique=True, editable=False)
    small_path = models.CharField(max_length=200, blank=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("吹哨照片")
        verbose_name_plural = _("吹哨照片")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["whistle", "sha256"],
                name="whistle_photo_once",
                condition=models.Q(entry=None),
                violation_error_message=_("这张照片已经上传。"),
            ),
            models.UniqueConstraint(
                fields=["entry", "sha256"],
                name="whistle_photo_once_an_entry",
                condition=models.Q(entry__isnull=False),
                violation_error_message=_("这张照片已经上传。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.whistle)
