"""Forms of the kinds of messages."""

from tests.hostile.forms.base import Form

FORMS = {
    "admin:message_kind_setting": Form(
        "message_kind", "office", lambda: {"is_on": "on", "lead": "24"}, numbers="lead"
    ),
    "admin:message_kind_text": Form(
        "message_kind",
        "office",
        lambda: {"title": "明天：%(shift)s", "body": "请准时来。", "act": "save"},
        texts="title body",
    ),
}
