"""Activities by time, the latest first, whatever their state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0014_activity_tallies")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["-starts_at", "-id"], name="activity_recent"),
        ),
    ]
