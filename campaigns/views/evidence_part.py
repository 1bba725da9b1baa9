"""The evidence of a record, as the pages of activities, honours and stories show it."""

from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest

from campaigns.actions.evidence import Target, evidence_of
from campaigns.forms.evidence import DocumentForm, EvidenceForm
from campaigns.models import Activity, Evidence, EvidenceFile
from campaigns.permissions import can_edit_activity
from campaigns.queries.evidence import duplicates_of
from campaigns.views.evidence_targets import kind_of
from communities.permissions import Permission, has_permission

REVIEW = {
    "activities": Permission.ACTIVITY_REVIEW,
    "honors": Permission.HONOR_CHECK,
    "stories": Permission.STORY_PUBLISH,
}


def evidence_part(request: HttpRequest, activity: Activity) -> dict[str, Any]:
    """What `_activity_evidence.html` needs beside the activity and `can_edit`."""
    return evidence_panel(
        request, activity, can_edit=can_edit_activity(request.user, activity)
    )


def evidence_panel(
    request: HttpRequest,
    target: Target,
    *,
    can_edit: bool,
    form: EvidenceForm | None = None,
    document_form: Form | None = None,
) -> dict[str, Any]:
    """What `_evidence_panel.html` needs, for an activity, an honour or a story.

    Rows carry `notes`: what those who record and review should know about them.
    """
    rows = list(
        Evidence.objects.visible_to(request.user)
        .filter(**evidence_of(target))
        .select_related("file")
    )
    kind = kind_of(target)
    if can_edit or has_permission(request.user, REVIEW[kind]):
        _mark(rows, request.user)
    photo = EvidenceFile.Kind.PHOTO
    return {
        "target": target,
        "target_kind": kind,
        "photos": [row for row in rows if row.file.kind == photo],
        "documents": [row for row in rows if row.file.kind != photo],
        "can_edit": can_edit,
        "room": max(settings.PHOTOS_PER_ACTIVITY - len(rows), 0) if can_edit else 0,
        "evidence_form": (form or EvidenceForm(target=target)) if can_edit else None,
        "document_form": (document_form or DocumentForm()) if can_edit else None,
    }


def marked(evidence: Evidence, request: HttpRequest) -> Evidence:
    """The row with what its recorder should know about it."""
    _mark([evidence], request.user)
    return evidence


def _mark(rows: list[Evidence], user: Any) -> None:
    duplicates = duplicates_of(rows, user)
    for row in rows:
        row.lacks = row.missing_words
        row.duplicates = duplicates.get(row.pk, [])
