"""The outbox and the page of kinds count a month among years.

Deliveries are written in the order of time, so a BRIN index finds a span at next to no
cost; SQLite has none and its tables are small.
"""

from django.db import migrations, models


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX delivery_created ON accounts_delivery USING brin (created_at)"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX delivery_created")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_chat_robot_tested")]

    operations = [
        migrations.RemoveIndex("notification", "notification_stale"),
        migrations.AddIndex(
            "notification",
            models.Index(
                fields=["kind", "due_at", "outbox_state"],
                name="notification_unsent",
                condition=models.Q(outbox_state__in=["dropped", "stale"]),
            ),
        ),
        migrations.RunPython(add, remove),
    ]
