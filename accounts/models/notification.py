"""A message to one person: a row of the inbox and of the outbox."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet):
    """Messages by reader and by what is left to do."""

    def visible_to(self, user) -> "NotificationQuerySet":
        """A person reads only their own messages."""
        return self.filter(recipient_id=user.pk) if user.pk else self.none()

    def unread(self) -> "NotificationQuerySet":
        """Messages not opened yet."""
        return self.filter(read_at=None)

    def due_by_email(self, now: datetime) -> "NotificationQuerySet":
        """Messages whose e-mail may go out now, the longest-waiting first."""
        return self.filter(
            email_state=Notification.EmailState.DUE, due_at__lte=now
        ).order_by("due_at", "pk")


class Notification(models.Model):
    """One message. Written in the transaction of what caused it.

    Unique per person, kind, object and slot, so that no job can say a thing twice
    (PRODUCT section 4, reminders). `object_type` is a model label; there is no
    foreign key, because this floor knows no other.
    """

    class EmailState(models.TextChoices):
        NONE = "none", _("不发邮件")
        DUE = "due", _("待发送")
        CLAIMED = "claimed", _("发送中")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败")
        DROPPED = "dropped", _("已作废")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("收件人"),
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    kind = models.CharField(_("类型"), max_length=60)
    object_type = models.CharField(_("对象类型"), max_length=80)
    object_id = models.BigIntegerField(_("对象编号"))
    slot = models.CharField(_("时点"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    path = models.CharField(_("链接"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("生成时间"), auto_now_add=True)
    due_at = models.DateTimeField(_("应发时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    email_state = models.CharField(
        _("邮件状态"),
        max_length=10,
        choices=EmailState.choices,
        default=EmailState.NONE,
    )
    email_claimed_at = models.DateTimeField(_("领取时间"), null=True, blank=True)
    email_sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    email_attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    email_error = models.CharField(_("失败原因"), max_length=200, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "object_type", "object_id", "slot"],
                name="notification_said_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="notification_due_by_email",
                condition=models.Q(email_state="due"),
            ),
            models.Index(fields=["recipient", "-id"], name="notification_inbox"),
            models.Index(
                fields=["recipient"],
                name="notification_unread",
                condition=models.Q(read_at=None),
            ),
            models.Index(
                fields=["object_type", "object_id"], name="notification_by_object"
            ),
        ]

    def __str__(self) -> str:
        return self.title
