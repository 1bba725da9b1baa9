"""What each person chose about messages: channels, quiet hours, a chat robot."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.delivery import Channel

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)


class ChannelChoice(models.Model):
    """One person's word on one kind of message and one channel; else the default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("人员"),
        on_delete=models.CASCADE,
        related_name="channel_choices",
    )
    kind = models.CharField(_("类型"), max_length=60)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel.choices)
    is_on = models.BooleanField(_("接收"))
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("接收方式")
        verbose_name_plural = _("接收方式")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "channel"], name="channel_choice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"


class QuietHours(models.Model):
    """When a person wants no message outside the inbox; without a row 21:00-08:00.

    Source: PRODUCT section 4, reminders.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("人员"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="quiet_hours",
    )
    is_on = models.BooleanField(_("启用"), default=True)
    from_time = models.TimeField(_("开始"), default=QUIET_FROM)
    until_time = models.TimeField(_("结束"), default=QUIET_UNTIL)

    class Meta:
        verbose_name = _("免打扰时段")
        verbose_name_plural = _("免打扰时段")

    def __str__(self) -> str:
        return f"{self.from_time:%H:%M}—{self.until_time:%H:%M}"


class ChatRobot(models.Model):
    """The webhook of a chat group to which a person's messages are posted too.

    One address belongs to one person, so that a group reads a thing once. Removed
    robots keep no address.
    """

    class Provider(models.TextChoices):
        WECOM = "wecom", _("企业微信")
        DINGTALK = "dingtalk", _("钉钉")
        FEISHU = "feishu", _("飞书")

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.CASCADE,
        related_name="chat_robot",
    )
    provider = models.CharField(
        _("平台"), max_length=10, choices=Provider.choices, default=Provider.WECOM
    )
    name = models.CharField(_("群名称"), max_length=50, blank=True)
    url = models.CharField(_("Webhook 地址"), max_length=300, blank=True)
    secret = models.CharField(_("加签密钥"), max_length=100, blank=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    tested_at = models.DateTimeField(_("测试时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("群机器人")
        verbose_name_plural = _("群机器人")
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~models.Q(url=""),
                name="chat_robot_one_owner",
                violation_error_message=_("该机器人地址已有人登记。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        """The provider: groups are named by people, perhaps after people."""
        return self.get_provider_display()

    @property
    def tail(self) -> str:
        """The end of the address, by which its owner knows it; the rest is a key."""
        return self.url[-4:]
