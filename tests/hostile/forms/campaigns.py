"""Forms of campaigns and their papers."""

from tests.hostile.forms.base import Form


def _paper_data() -> dict[str, object]:
    return {
        "kind": "notice",
        "title": "示例通知",
        "issued_on": "2026-05-01",
        "text": "## 示例",
        "position": "1",
    }


FORMS = {
    "campaigns:document_create": Form(
        "campaign",
        "office",
        _paper_data,
        texts="kind title",
        controls="text",
        moments="issued_on",
        numbers="position",
    ),
    "campaigns:document_edit": Form(
        "foreign_draft_paper",
        "office",
        _paper_data,
        texts="kind title",
        controls="text",
        moments="issued_on",
        numbers="position",
    ),
    "campaigns:document_withdraw": Form(
        "published_paper", "office", lambda: {"reason": "示例"}, texts="reason"
    ),
}
