"""Forms of activities, their evidence and their review."""

from datetime import timedelta

from django.utils import timezone

from campaigns.models import Activity, Campaign, Evidence, Initiative
from communities.models import Community, Membership
from tests.factories.communities import OrganizationFactory
from tests.hostile.forms.base import Form


def _caption_data() -> dict[str, object]:
    return {
        "photo_people": "示例人物",
        "photo_taken_on": "2026-05-01",
        "photo_place": "示例地点",
        "photo_purpose": "示例事由",
    }


def _pick_data() -> dict[str, object]:
    """A photo of the unit's own; those of its side come first."""
    own = Evidence.objects.photos().exclude(activity__state="draft")
    return {"evidence": own.first().pk}


def _activity_data() -> dict[str, object]:
    soon = timezone.localtime() + timedelta(days=3)
    return {
        "organization": Membership.objects.get(role="unit").organization_id,
        "campaign": Campaign.objects.get(state="active").pk,
        "initiative": Initiative.objects.get(title="示例举措").pk,
        "title": "示例活动",
        "starts_at": f"{soon:%Y-%m-%dT%H:%M}",
        "ends_at": f"{soon + timedelta(hours=5):%Y-%m-%dT%H:%M}",
        "place": "示例广场",
        "community": Community.objects.first().pk,
        "participant_count": "5",
        "risk": "low",
    }


def _chosen_data() -> dict[str, object]:
    submitted = Activity.objects.filter(state="submitted").first()
    return {"decision": "approved", "chosen": [f"{submitted.pk}-0"]}


FORMS = {
    "campaigns:activity_create": Form(
        "-",
        "unit",
        _activity_data,
        texts="title place text insurance safety_briefing topic host names "
        "promise result photo_people photo_place photo_purpose "
        "photo_explanation contact_name contact_phone risk",
        moments="promised_for done_on photo_taken_on starts_at ends_at",
        counts="participant_count",
        keys="organization campaign initiative second_pillar community",
    ),
    "campaigns:activity_edit": Form(
        "own_draft",
        "unit",
        _activity_data,
        texts="title place text insurance safety_briefing topic host names "
        "promise result photo_people photo_place photo_purpose "
        "photo_explanation contact_name contact_phone risk",
        moments="promised_for done_on photo_taken_on starts_at ends_at",
        counts="participant_count",
        keys="organization campaign initiative second_pillar community",
    ),
    "campaigns:partner_invite": Form(
        "own_draft",
        "unit",
        lambda: {"organization": OrganizationFactory().name},
        texts="organization",
    ),
    "campaigns:evidence_add": Form(
        "own_draft_record",
        "unit",
        _caption_data,
        texts="photo_people photo_place photo_purpose photo_explanation photos",
        moments="photo_taken_on",
    ),
    "campaigns:document_add": Form(
        "own_draft_record", "unit", lambda: {"purpose": "示例"}, texts="file purpose"
    ),
    "campaigns:evidence_describe": Form(
        "own_draft_photo",
        "unit",
        _caption_data,
        texts="photo_people photo_place photo_purpose photo_explanation",
        moments="photo_taken_on",
    ),
    "campaigns:evidence_pick": Form(
        "own_draft_record", "unit", _pick_data, keys="evidence"
    ),
    "campaigns:activity_review": Form(
        "own_submitted",
        "office",
        lambda: {"decision": "returned", "reason": "示例"},
        texts="decision reason remark_place",
        numbers="turn",
        keys="reasons",
    ),
    "campaigns:review_chosen": Form(
        "-", "office", _chosen_data, texts="decision reason back", keys="chosen reasons"
    ),
}
