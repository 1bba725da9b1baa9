"""Forms of stories, consents and the convention."""

from communities.models import Community, Membership
from tests.hostile.forms.base import Form


def _story_data() -> dict[str, object]:
    return {
        "kind": "family",
        "title": "示例故事",
        "text": "示例正文",
        "people_shown": "2",
        "organization": Membership.objects.get(role="unit").organization_id,
        "community": Membership.objects.get(role="community").community_id,
    }


def _consent_data() -> dict[str, object]:
    return {"subject": "示例居民", "method": "paper", "given_on": "2026-05-01"}


def _pledge_data() -> dict[str, object]:
    return {
        "who": "household",
        "community": Community.objects.standing().first().pk,
        "number": "2",
    }


FORMS = {
    "campaigns:story_create": Form(
        "-",
        "unit",
        _story_data,
        texts="kind title text",
        numbers="people_shown",
        keys="organization community",
    ),
    "campaigns:story_edit": Form(
        "own_story",
        "unit",
        _story_data,
        texts="kind title text",
        numbers="people_shown",
    ),
    "campaigns:story_return": Form(
        "own_story_submitted", "office", lambda: {"reason": "示例"}, texts="reason"
    ),
    "campaigns:story_withdraw": Form(
        "own_story", "unit", lambda: {"reason": "示例"}, texts="reason"
    ),
    "campaigns:story_consent": Form(
        "own_story", "unit", _consent_data, texts="subject method", moments="given_on"
    ),
    "campaigns:convention_edit": Form(
        "draft_convention",
        "office",
        lambda: {"title": "示例公约", "text": "示例条文"},
        texts="title text",
    ),
    "campaigns:pledge_create": Form(
        "-", "volunteer", _pledge_data, texts="who", numbers="number", keys="community"
    ),
}
