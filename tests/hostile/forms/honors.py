"""Forms of honours."""

from communities.models import Membership
from tests.hostile.forms.base import Form


def _honor_data() -> dict[str, object]:
    return {
        "kind": "window",
        "organization": Membership.objects.get(role="unit").organization_id,
        "holder": "示例窗口",
        "text": "示例事迹",
    }


FORMS = {
    "campaigns:honor_create": Form(
        "-", "unit", _honor_data, texts="kind holder text", keys="organization"
    ),
    "campaigns:honor_edit": Form(
        "own_honor", "unit", _honor_data, texts="kind holder text"
    ),
    "campaigns:honor_withdraw": Form(
        "own_honor", "unit", lambda: {"reason": "示例"}, texts="reason"
    ),
    "campaigns:honor_object": Form(
        "own_honor_notice", "volunteer", lambda: {"text": "示例"}, texts="text"
    ),
    "campaigns:honor_check": Form(
        "own_honor_applied",
        "office",
        lambda: {"decision": "returned", "reason": "示例"},
        texts="decision reason",
    ),
    "campaigns:honor_yearly": Form(
        "own_hidden_honor",
        "office",
        lambda: {"passed": "yes", "note": "示例"},
        texts="passed note",
    ),
    "campaigns:honor_revoke": Form(
        "own_hidden_honor", "office", lambda: {"reason": "示例"}, texts="reason"
    ),
    "campaigns:objection_answer": Form(
        "own_objection",
        "office",
        lambda: {"decision": "dismissed", "answer": "示例"},
        texts="decision answer",
    ),
}
