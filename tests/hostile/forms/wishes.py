"""Forms of micro-wishes."""

from communities.models import Membership
from tests.hostile.forms.base import Form


def _data() -> dict[str, object]:
    return {
        "community": Membership.objects.get(role="community").community_id,
        "category": "goods",
        "title": "示例心愿",
        "text": "示例说明",
        "wanted_by": "2031-05-01",
        "resident_name": "示例居民",
        "resident_phone": "0596-2012345",
        "resident_consented": "on",
    }


def _claim_data() -> dict[str, object]:
    organization = Membership.objects.get(role="unit").organization_id
    return {"organization": organization, "note": "示例"}


def _reason() -> dict[str, object]:
    return {"reason": "示例"}


FORMS: dict[str, Form] = {
    "communities:wish_create": Form(
        "-",
        "community",
        _data,
        texts="title text category resident_name resident_phone",
        moments="wanted_by",
        keys="community",
    ),
    "communities:wish_edit": Form(
        "own_wish",
        "community",
        _data,
        texts="title text resident_name resident_phone",
        moments="wanted_by",
    ),
    "communities:wish_claim": Form(
        "foreign_wish", "unit", _claim_data, texts="note", keys="organization"
    ),
    "communities:wish_claim_withdraw": Form(
        "own_wish_claim", "unit", _reason, texts="reason"
    ),
    "communities:wish_withdraw": Form("own_wish", "community", _reason, texts="reason"),
}
