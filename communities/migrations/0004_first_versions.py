"""Every organisation and community known so far gets its first version."""

from datetime import date

from django.db import migrations

BEGINNING = date(1900, 1, 1)


def write_versions(apps, schema_editor):
    Organization = apps.get_model("communities", "Organization")
    OrganizationVersion = apps.get_model("communities", "OrganizationVersion")
    Community = apps.get_model("communities", "Community")
    CommunityVersion = apps.get_model("communities", "CommunityVersion")
    OrganizationVersion.objects.bulk_create(
        OrganizationVersion(
            organization=row,
            name=row.name,
            unit_name=row.unit_name,
            kind=row.kind,
            parent_id=row.parent_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in Organization.objects.filter(versions=None)
    )
    CommunityVersion.objects.bulk_create(
        CommunityVersion(
            community=row,
            code=row.code,
            name=row.name,
            official_name=row.official_name,
            kind=row.kind,
            subdistrict_id=row.subdistrict_id,
            starts_on=BEGINNING,
        )
        for row in Community.objects.filter(versions=None)
    )


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_registers_with_a_memory")]

    operations = [
        # Backwards nothing is to be done: the tables go with the step before.
        migrations.RunPython(write_versions, migrations.RunPython.noop)
    ]
