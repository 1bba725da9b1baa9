"""Forms of groups."""

from communities.models import Membership
from tests.hostile.forms.base import Form


def _group() -> dict[str, object]:
    organization = Membership.objects.get(role="unit").organization_id
    return {
        "kind": "branch",
        "organization": organization,
        "name_1": "示例",
        "age_1": "18+",
        "unnamed": "1",
        "has_consent": "on",
    }


def _companion() -> dict[str, object]:
    return {"name": "示例", "age_band": "18+", "has_consent": "on"}


FORMS: dict[str, Form] = {
    "volunteers:group_create": Form(
        "own_group_shift",
        "street",
        _group,
        texts="name_1",
        counts="unnamed",
        keys="organization",
    ),
    "volunteers:companion_name": Form(
        "volunteers_companion", "volunteer", _companion, texts="name"
    ),
}
