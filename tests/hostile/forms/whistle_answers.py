"""Forms of dispatch and answers of whistles."""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import Whistle
from communities.models import Membership
from tests.hostile.forms.base import Form

WHY = {"reason": "示例理由"}


def _dispatch_data() -> dict[str, object]:
    root = Membership.objects.get(role="unit").organization.parent_id
    return {"organizations": [root], "note": "示例说明"}


def _merge_data() -> dict[str, object]:
    community = Membership.objects.get(role="community").community
    other = community.whistles.filter(state=Whistle.State.DISPATCHED).first()
    return {"into": other.pk, **WHY}


def _extension_data() -> dict[str, object]:
    until = timezone.localdate() + timedelta(days=20)
    return {"until": until.isoformat(), **WHY}


FORMS: dict[str, Form] = {
    "campaigns:whistle_dispatch": Form(
        "own_whistle_issued",
        "street",
        _dispatch_data,
        texts="note q",
        keys="organizations",
    ),
    "campaigns:whistle_send_back": Form(
        "own_whistle_issued", "street", lambda: WHY, texts="reason"
    ),
    "campaigns:whistle_merge": Form(
        "own_whistle_issued", "office", _merge_data, texts="reason q", keys="into"
    ),
    "campaigns:response_release": Form(
        "own_response_asked", "street", lambda: WHY, texts="reason"
    ),
    "campaigns:response_return": Form(
        "own_response_asked", "unit", lambda: WHY, texts="reason"
    ),
    "campaigns:response_log": Form(
        "own_response_handling", "unit", lambda: {"text": "示例"}, texts="text"
    ),
    "campaigns:response_extension": Form(
        "own_response_handling",
        "unit",
        _extension_data,
        texts="reason",
        moments="until",
    ),
    "campaigns:response_deliver": Form(
        "own_response_handling", "unit", lambda: {"text": "示例"}, texts="text"
    ),
}
