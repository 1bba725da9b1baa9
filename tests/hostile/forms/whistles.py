"""Forms of whistles, side of the community."""

from campaigns.models import WhistleCategory
from communities.models import Membership
from tests.hostile.forms.base import Form


def _whistle_data() -> dict[str, object]:
    return {
        "community": Membership.objects.get(role="community").community_id,
        "category": WhistleCategory.objects.get(title="环境卫生").pk,
        "urgency": "normal",
        "title": "示例事由",
        "place": "示例路口",
        "text": "示例情况",
        "resident_consented": "on",
    }


FORMS = {
    "campaigns:whistle_create": Form(
        "-",
        "community",
        _whistle_data,
        texts="urgency title place text needs_things needs_skill resident_name "
        "resident_phone",
        moments="wanted_by",
        numbers="needs_people",
        keys="community category",
    ),
    "campaigns:whistle_edit": Form(
        # The same form: only what it offers otherwise.
        "own_whistle_draft",
        "community",
        _whistle_data,
        texts="resident_name",
        keys="category",
    ),
    "campaigns:whistle_issue": Form(
        "own_whistle_draft", "community", lambda: {"to": "street"}, keys="to"
    ),
    "campaigns:whistle_withdraw": Form(
        "own_whistle_asked", "community", lambda: {"reason": "示例"}, texts="reason"
    ),
    "campaigns:whistle_reopen": Form(
        "own_whistle_delivered",
        "community",
        lambda: {"reason": "示例"},
        texts="reason",
    ),
    "campaigns:whistle_rate": Form(
        "own_whistle_delivered",
        "community",
        lambda: {"resolution": "solved", "is_satisfied": "yes"},
        texts="resolution is_satisfied text",
    ),
    "campaigns:extension_answer": Form(
        "own_whistle_extension",
        "community",
        lambda: {"decision": "refuse", "answer": "示例"},
        texts="decision answer",
    ),
}
