"""One way by which a message goes out: mail, SMS, a chat robot."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.notification import Notification

# How long a worker may hold claimed rows; how long one sending may take before a
# person has to look at it.
LEASE = timedelta(minutes=2)
STUCK_AFTER = timedelta(minutes=15)


class Channel(models.TextChoices):
    """Ways out of the portal; the inbox is always one."""

    MAIL = "mail", _("邮件")
    SMS = "sms", _("短信")
    ROBOT = "robot", _("群机器人")
    FILE = "file", _("文件")


class DeliveryQuerySet(models.QuerySet):
    """Deliveries by what is left to do."""

    def to_send(self, channel: str, now: datetime) -> "DeliveryQuerySet":
        """Deliveries that may go out now, the longest-waiting first."""
        return self.filter(
            channel=channel, send_state=Delivery.SendState.DUE, due_at__lte=now
        ).order_by("due_at", "pk")

    def stuck(self, now: datetime) -> "DeliveryQuerySet":
        """Begun long ago and never ended: the worker died while it was sending."""
        return self.filter(
            send_state=Delivery.SendState.SENDING, started_at__lte=now - STUCK_AFTER
        )


class Delivery(models.Model):
    """One message on one channel; at most once, whatever happens to the worker.

    due -> claimed (a worker's lease, given back by the sweeper when it runs out) ->
    sending (from here on nobody can know whether it went out) -> sent, or due again,
    or failed. Only a person may send again what is stuck in sending. Decision 0015.
    """

    class SendState(models.TextChoices):
        DUE = "due", _("待发送")
        CLAIMED = "claimed", _("已领取")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败")
        DROPPED = "dropped", _("已作废")

    notification = models.ForeignKey(
        Notification,
        verbose_name=_("通知"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel.choices)
    send_state = models.CharField(
        _("发送状态"),
        max_length=10,
        choices=SendState.choices,
        default=SendState.DUE,
    )
    created_at = models.DateTimeField(_("生成时间"), auto_now_add=True)
    due_at = models.DateTimeField(_("应发时间"))
    claim = models.UUIDField(_("领取编号"), null=True, blank=True)
    claimed_until = models.DateTimeField(_("领取期限"), null=True, blank=True)
    started_at = models.DateTimeField(_("开始发送"), null=True, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    error = models.CharField(_("原因"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("发送记录")
        verbose_name_plural = _("发送记录")
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "channel"], name="delivery_once_a_channel"
            )
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at", "id"],
                name="delivery_to_send",
                condition=models.Q(send_state="due"),
            ),
            models.Index(
                fields=["claimed_until"],
                name="delivery_claimed",
                condition=models.Q(send_state="claimed"),
            ),
            models.Index(
                fields=["started_at"],
                name="delivery_sending",
                condition=models.Q(send_state="sending"),
            ),
            models.Index(
                fields=["due_at"],
                name="delivery_failed",
                condition=models.Q(send_state="failed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.notification_id}"
