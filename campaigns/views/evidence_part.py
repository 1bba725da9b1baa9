"""The evidence on the page of an activity."""

from typing import Any

from django.http import HttpRequest

from campaigns.forms.evidence import PhotoForm
from campaigns.models import Activity, Evidence


def evidence_part(
    request: HttpRequest, activity: Activity, *, form: PhotoForm | None = None
) -> dict[str, Any]:
    """What `_activity_evidence.html` needs beside the activity and `can_edit`."""
    photos = Evidence.objects.visible_to(request.user).filter(activity=activity)
    return {
        "photos": photos.select_related("file"),
        "photo_form": form or PhotoForm(),
    }
