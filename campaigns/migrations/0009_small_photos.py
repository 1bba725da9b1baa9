"""Lets a photo keep a small picture of itself for lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0008_hand_tasks_on")]

    operations = [
        migrations.AddField(
            model_name="evidencefile",
            name="small_path",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=200,
                verbose_name="小图",
            ),
            preserve_default=False,
        ),
    ]
