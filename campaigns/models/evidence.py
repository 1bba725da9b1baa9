"""Photos that prove an activity."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models.activity import Activity, visibility
from communities.permissions import Permission, scope_filter


class EvidenceQuerySet(models.QuerySet):
    """Evidence by who may see it."""

    def visible_to(self, user) -> "EvidenceQuerySet":
        """Photos of the activities the user may open.

        Photos nobody at the office has looked at yet (the activity is open for
        sign-up, or just over) only to those who work with the activity: they may
        show people who did not agree to it.
        """
        visible = self.filter(visibility(user, activity="activity__"))
        approved = models.Q(activity__state=Activity.State.APPROVED)
        if not user.is_authenticated:
            return visible.filter(approved)
        own = scope_filter(
            user, Permission.ACTIVITY_RECORD, organization="activity__organization"
        )
        in_scope = scope_filter(
            user,
            Permission.ACTIVITY_VIEW,
            organization="activity__organization",
            community="activity__community",
        )
        led = models.Q(activity__in=user.led_activities.order_by().values("pk"))
        return visible.filter(approved | own | in_scope | led)


class Evidence(models.Model):
    """One photo, decoded and written anew by the portal, kept privately.

    `file` is a random name below MEDIA_ROOT; the photo is only shown by a view that
    checks rights. The caption says when, where, who, what for (PRODUCT section 4).
    """

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("活动"),
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    file = models.CharField(_("文件"), max_length=200, unique=True, editable=False)
    caption = models.CharField(_("说明"), max_length=200)
    width = models.PositiveIntegerField(_("宽"), editable=False)
    height = models.PositiveIntegerField(_("高"), editable=False)
    size = models.PositiveIntegerField(_("字节数"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("佐证照片")
        verbose_name_plural = _("佐证照片")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption

    @property
    def url(self) -> str:
        """Where a person with the right sees it."""
        return reverse("campaigns:photo", args=[self.pk])
