"""The kinds of messages about the portal itself."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Kind, Topic, register

KINDS = [
    Kind(
        code="digest",
        label=_("今日消息汇总"),
        topic=Topic.PORTAL,
        when=_("一天内向外发送的消息超过上限时，其余并成一封，每天定时发给本人。"),
    ),
    Kind(
        code="export_over",
        label=_("文件已生成"),
        topic=Topic.PORTAL,
        when=_("后台导出的文件生成好或生成失败时，告诉申请导出的人；只进收件箱。"),
        is_sent_out=False,
    ),
]


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(*KINDS)
