"""Forms of needs, resources, projects, service posts."""

from communities.models import Membership
from tests.hostile.forms.base import Form


def _post_data() -> dict[str, object]:
    return {
        "community": Membership.objects.get(role="community").community_id,
        "title": "示例岗位",
        "duties": "示例职责",
        "places": "3",
    }


def _need_data() -> dict[str, object]:
    return {
        "community": Membership.objects.get(role="community").community_id,
        "category": "people",
        "title": "示例需求",
        "text": "示例说明",
        "quantity": "3",
        "measure": "人",
        "wanted_by": "2031-05-01",
    }


def _claim_data() -> dict[str, object]:
    organization = Membership.objects.get(role="unit").organization_id
    return {"organization": organization, "quantity": "1", "note": "示例"}


def _resource_data() -> dict[str, object]:
    return {
        "organization": Membership.objects.get(role="unit").organization_id,
        "category": "goods",
        "title": "示例资源",
        "text": "示例说明",
        "starts_on": "2026-05-01",
        "ends_on": "2031-05-01",
    }


FORMS = {
    "communities:post_create": Form(
        "-", "community", _post_data, texts="title duties times", keys="community"
    ),
    "communities:post_edit": Form(
        "own_post",
        "community",
        _post_data,
        texts="title duties times",
        numbers="places",
    ),
    "communities:need_create": Form(
        "-",
        "community",
        _need_data,
        texts="title text measure category",
        moments="wanted_by",
        numbers="quantity",
        keys="community",
    ),
    "communities:need_edit": Form(
        "own_draft_need",
        "community",
        _need_data,
        texts="title text measure category",
        moments="wanted_by",
        numbers="quantity",
    ),
    "communities:need_withdraw": Form(
        "own_draft_need", "community", lambda: {"reason": "示例"}, texts="reason"
    ),
    "communities:need_claim": Form(
        "foreign_need",
        "unit",
        _claim_data,
        texts="note",
        numbers="quantity",
        keys="organization",
    ),
    "communities:resource_create": Form(
        "-",
        "unit",
        _resource_data,
        texts="title text category",
        moments="starts_on ends_on",
        keys="organization",
    ),
    "communities:resource_edit": Form(
        "own_resource",
        "unit",
        _resource_data,
        texts="title text category",
        moments="starts_on ends_on",
    ),
    "communities:project_create": Form(
        "own_match",
        "community",
        lambda: {"title": "示例项目", "plan": "示例安排"},
        texts="title plan",
    ),
    "communities:project_cancel": Form(
        "own_project", "unit", lambda: {"reason": "示例"}, texts="reason"
    ),
    "communities:claim_withdraw": Form(
        "own_claim", "unit", lambda: {"reason": "示例"}, texts="reason"
    ),
}
