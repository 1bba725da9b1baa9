"""Moves each photo's file to a row of its own, and its caption to its parts."""

from django.db import migrations
from django.utils import timezone


def split(apps, schema_editor):
    file_model = apps.get_model("campaigns", "EvidenceFile")
    evidence_model = apps.get_model("campaigns", "Evidence")
    rows = evidence_model.objects.select_related("activity__organization")
    for evidence in rows.order_by("pk").iterator(chunk_size=500):
        activity = evidence.activity
        file = file_model.objects.create(
            kind="photo",
            path=evidence.file,
            width=evidence.width,
            height=evidence.height,
            size=evidence.size,
            sha256=evidence.sha256,
            uploaded_by_id=evidence.added_by_id,
        )
        file_model.objects.filter(pk=file.pk).update(uploaded_at=evidence.added_at)
        evidence.stored = file
        evidence.taken_on = timezone.localdate(activity.starts_at)
        evidence.place = activity.place
        evidence.people = activity.organization.name
        evidence.purpose = evidence.caption
        evidence.save()


def join(apps, schema_editor):
    evidence_model = apps.get_model("campaigns", "Evidence")
    # The old form knows activities only, and one row for each file.
    evidence_model.objects.filter(activity=None).delete()
    given = set()
    for evidence in evidence_model.objects.select_related("stored").order_by("pk"):
        file = evidence.stored
        evidence.stored = None
        if file.kind != "photo" or file.path in given:
            evidence.delete()
            continue
        given.add(file.path)
        evidence.file = file.path
        evidence.width, evidence.height = file.width, file.height
        evidence.size, evidence.sha256 = file.size, file.sha256
        evidence.caption = evidence.purpose
        evidence.save()
    apps.get_model("campaigns", "EvidenceFile").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_work_by_pillar")]
    operations = [migrations.RunPython(split, join)]
