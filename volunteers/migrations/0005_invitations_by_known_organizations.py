"""People say whether organisations they have helped may invite them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0004_skills_and_star_levels")]

    operations = [
        migrations.AddField(
            model_name="volunteer",
            name="accepts_known",
            field=models.BooleanField(
                default=True, verbose_name="愿意收到去过的单位的邀请"
            ),
        ),
    ]
