"""Kinds of messages about reports."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Topic, register

KINDS = [
    Kind(
        code="report_ready",
        label=_("定期报表已生成"),
        topic=Topic.PORTAL,
        when=_(
            "本人设置的定期报表生成好或生成失败时，通知本人；消息只带链接，登录后下载。"
        ),
        for_officials=True,
    ),
    Kind(
        code="report_schedule_failed",
        label=_("定期报表未能生成"),
        topic=Topic.PORTAL,
        when=_("定期报表到日不能生成，或者因没有权限而停止时，通知设置的人。"),
        for_officials=True,
    ),
]


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(*KINDS)
