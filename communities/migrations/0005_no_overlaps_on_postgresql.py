"""On PostgreSQL the database itself refuses periods that overlap.

SQLite has no exclusion constraints: there the actions look under the lock.
"""

from django.db import migrations

# table, constraint, columns that must be equal, condition
RULES = [
    (
        "communities_pairing",
        "pairing_no_overlap",
        "organization_id WITH =, community_id WITH =",
        "voided_at IS NULL",
    ),
    (
        "communities_organizationversion",
        "organization_version_no_overlap",
        "organization_id WITH =",
        "TRUE",
    ),
    (
        "communities_communityversion",
        "community_version_no_overlap",
        "community_id WITH =",
        "TRUE",
    ),
    ("communities_leaderterm", "leader_term_no_overlap", "post_id WITH =", "TRUE"),
    (
        "communities_leaderlink",
        "leader_link_no_overlap",
        "leader_id WITH =, slot WITH =",
        "TRUE",
    ),
]


def add(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for table, name, equal, condition in RULES:
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"({equal}, daterange(starts_on, ends_on, '[]') WITH &&) "
            f"WHERE ({condition})"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, name, _equal, _condition in RULES:
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_first_versions")]

    operations = [migrations.RunPython(add, remove)]
