"""Shifts by time, the latest first, whatever their state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0004_skills_and_star_levels")]

    operations = [
        migrations.AddIndex(
            model_name="shift",
            index=models.Index(fields=["-starts_at", "-id"], name="shift_recent"),
        ),
    ]
