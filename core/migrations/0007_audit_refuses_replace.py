"""SQLite's REPLACE deletes rows without a word to triggers: refused as well."""

from django.db import migrations

SAME = {
    "core_auditentry": "id = NEW.id",
    "core_auditseal": "position = NEW.position OR entry = NEW.entry",
}
TRIGGER = """
CREATE TRIGGER {table}_REPLACE BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows: REPLACE refused');
END
"""


def add(apps, schema_editor):
    """Put the triggers on both tables; PostgreSQL has no REPLACE."""
    if schema_editor.connection.vendor == "sqlite":
        for table, same in SAME.items():
            schema_editor.execute(TRIGGER.format(table=table, same=same))


def remove(apps, schema_editor):
    """Take the triggers away again."""
    if schema_editor.connection.vendor == "sqlite":
        for table in SAME:
            schema_editor.execute(f"DROP TRIGGER {table}_REPLACE")


class Migration(migrations.Migration):
    dependencies = [("core", "0006_audit_only_grows")]

    operations = [migrations.RunPython(add, remove)]
