"""Writes to photos: evidence of an activity, given and taken back."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.activities import (
    ActivityRefused,
    check_editable,
    locked_activity,
)
from campaigns.models import Activity, Evidence
from core import audit
from core.uploads import CheckedPhoto, remove_private, save_private


def add_photo(
    *, activity: Activity, photo: CheckedPhoto, caption: str, by: User
) -> Evidence:
    """Keep a checked photo as evidence of an activity.

    The same picture given twice is kept once. Raises NotEditable, and
    ActivityRefused above the number of photos an activity may have. The row is
    written after the file, so a row never points to nothing.
    """
    with transaction.atomic():
        activity = locked_activity(activity)
        check_editable(activity)
        held = activity.evidence.filter(sha256=photo.sha256).first()
        if held:
            return held
        if activity.evidence.count() >= settings.PHOTOS_PER_ACTIVITY:
            raise ActivityRefused(
                _("每个活动最多 %(count)d 张照片。")
                % {"count": settings.PHOTOS_PER_ACTIVITY}
            )
        evidence = Evidence.objects.create(
            activity=activity,
            file=save_private(photo.content, "evidence", photo.extension),
            caption=caption,
            width=photo.width,
            height=photo.height,
            size=photo.size,
            sha256=photo.sha256,
            uploaded_by=by,
        )
        audit.record(
            "campaigns.evidence_added", target=activity, by=by, caption=caption
        )
    return evidence


@transaction.atomic
def remove_photo(*, evidence: Evidence, by: User) -> None:
    """Take a photo back while the activity is open for changes.

    Raises NotEditable, and ActivityRefused when the campaign takes no records.
    """
    activity = locked_activity(evidence.activity)
    check_editable(activity)
    audit.record(
        "campaigns.evidence_removed", target=activity, by=by, caption=evidence.caption
    )
    name = evidence.file
    evidence.delete()
    transaction.on_commit(lambda: remove_private(name))
