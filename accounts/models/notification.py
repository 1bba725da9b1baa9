"""A message to one person: a row of the inbox and of the outbox."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet):
    """Messages by reader and by what is left to do."""

    def visible_to(self, user) -> "NotificationQuerySet":
        """A person reads only their own messages, as far as the inbox shows them."""
        if not user.pk:
            return self.none()
        return self.filter(recipient_id=user.pk, is_shown=True)

    def unread(self) -> "NotificationQuerySet":
        """Messages not opened yet."""
        return self.filter(read_at=None, is_shown=True)

    def to_route(self, now: datetime) -> "NotificationQuerySet":
        """Messages whose channels are to be chosen now, the longest-waiting first."""
        return self.filter(
            outbox_state=Notification.OutboxState.DUE, due_at__lte=now
        ).order_by("due_at", "pk")


class Notification(models.Model):
    """One message. Written in the transaction of what caused it.

    Unique per person, kind, object and slot, so that no job can say a thing twice
    (PRODUCT section 4, reminders). `object_type` is a model label; there is no
    foreign key, because this floor knows no other. `due_at` is when it may go out,
    `expires_at` from when it would come too late. Decision 0015.
    """

    class OutboxState(models.TextChoices):
        INBOX = "none", _("只进收件箱")
        DUE = "due", _("待分发")
        ROUTED = "routed", _("已分发")
        FOLDED = "folded", _("已并入汇总")
        DROPPED = "dropped", _("已作废")
        STALE = "stale", _("过时未发")

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
    expires_at = models.DateTimeField(_("过时时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    is_shown = models.BooleanField(_("收件箱可见"), default=True)
    outbox_state = models.CharField(
        _("分发状态"),
        max_length=10,
        choices=OutboxState.choices,
        default=OutboxState.INBOX,
    )
    # The day against whose limit it counts, when it goes out by itself.
    counted_on = models.DateField(_("计入日期"), null=True, blank=True)
    digest = models.ForeignKey(
        "self",
        verbose_name=_("并入的汇总"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="folded",
        db_index=False,
    )

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
                name="notification_to_route",
                condition=models.Q(outbox_state="due"),
            ),
            models.Index(
                fields=["kind", "due_at", "outbox_state"],
                name="notification_unsent",
                condition=models.Q(outbox_state__in=["dropped", "stale"]),
            ),
            models.Index(fields=["recipient", "-id"], name="notification_inbox"),
            models.Index(
                fields=["recipient"],
                name="notification_unread",
                condition=models.Q(read_at=None, is_shown=True),
            ),
            models.Index(
                fields=["recipient", "counted_on"],
                name="notification_of_the_day",
                condition=models.Q(counted_on__isnull=False),
            ),
            models.Index(
                fields=["digest"],
                name="notification_folded",
                condition=models.Q(digest__isnull=False),
            ),
            models.Index(
                fields=["object_type", "object_id"], name="notification_by_object"
            ),
        ]

    def __str__(self) -> str:
        return self.title
