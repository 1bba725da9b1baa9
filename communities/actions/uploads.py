"""Files of registers that were uploaded and never confirmed."""

from datetime import datetime

from django.db import transaction

from communities.models import PairingImport, RegisterImport
from core import audit


@transaction.atomic
def empty_forgotten_uploads(*, now: datetime) -> int:
    """Empty files nobody confirmed: they hold numbers as typed; returns how many.

    Nobody is shown them any more (UploadQuerySet.visible_to).
    """
    emptied = 0
    for model in (PairingImport, RegisterImport):
        for upload in model.objects.forgotten(now).exclude(rows=[]).select_for_update():
            upload.rows = []
            upload.save(update_fields=["rows"])
            verb = f"communities.{audit.noun_of(upload)}_emptied"
            audit.record(verb, target=upload, by=None)
            emptied += 1
    return emptied
