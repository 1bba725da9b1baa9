"""Lets the same upload be found by its hash without reading every file's row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0009_small_photos")]

    operations = [
        migrations.AlterField(
            model_name="evidencefile",
            name="source_sha256",
            field=models.CharField(
                blank=True, db_index=True, editable=False, max_length=64
            ),
        ),
    ]
