"""The database itself refuses to change, delete or empty the audit log."""

from django.db import migrations

TABLES = ("core_auditentry", "core_auditseal")

POSTGRESQL_FUNCTION = """
CREATE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""
POSTGRESQL_TRIGGERS = """
CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION core_audit_refuse();
CREATE TRIGGER {table}_fill BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse();
"""
SQLITE_TRIGGER = """
CREATE TRIGGER {table}_{act} BEFORE {act} ON {table}
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows: {act} refused');
END
"""


def add(apps, schema_editor):
    """Put the triggers on both tables."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_TRIGGERS.format(table=table))
        return
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE_TRIGGER.format(table=table, act=act))


def remove(apps, schema_editor):
    """Take the triggers away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION core_audit_refuse() CASCADE")
        return
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER {table}_{act}")


class Migration(migrations.Migration):
    dependencies = [("core", "0005_audit_chain")]

    operations = [migrations.RunPython(add, remove)]
