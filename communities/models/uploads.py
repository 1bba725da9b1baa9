"""Uploaded files of registers, which hold telephone numbers as typed."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

# A file that nobody confirmed can be looked at so long; a day later it is emptied.
KEPT = timedelta(days=7)
EMPTIED = KEPT + timedelta(days=1)


class UploadQuerySet(models.QuerySet):
    """Uploads with `rows`, `uploaded_by`, `uploaded_at` and `confirmed_at`."""

    def visible_to(self, user) -> "UploadQuerySet":
        """The user's own uploads, nobody else's; no unconfirmed ones of long ago."""
        return self.filter(uploaded_by_id=user.pk).exclude(
            confirmed_at=None, uploaded_at__lt=timezone.now() - KEPT
        )

    def forgotten(self, now: datetime) -> "UploadQuerySet":
        """Files that were never confirmed and are no longer shown to anybody."""
        return self.filter(confirmed_at=None, uploaded_at__lt=now - EMPTIED)
