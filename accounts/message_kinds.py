"""The kinds of messages about the portal itself."""

from django.utils.translation import gettext_lazy as _

from accounts.kinds import Kind, Topic, register

KINDS = [
    Kind(
        code="digest",
        label=_("今日消息汇总"),
        topic=Topic.PORTAL,
        when="",
    ),
    Kind(
        code="export_over",
        label=_("文件已生成"),
        topic=Topic.PORTAL,
        when="",
    ),
]


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(*KINDS)
