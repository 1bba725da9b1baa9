"""An answer to an invitation is no state: it is moved and audited by nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0005_invitations_by_known_organizations")]

    operations = [
        migrations.RemoveField(model_name="invitation", name="state"),
        migrations.RemoveField(model_name="invitation", name="state_changed_at"),
        migrations.AddField(
            model_name="invitation",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="谢绝时间"),
        ),
    ]
