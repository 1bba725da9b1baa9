"""Lets a row of evidence link a file to what it proves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0005_evidence_files')]

    operations = [
        migrations.AlterModelOptions(
            name='evidence',
            options={'ordering': ['pk'], 'verbose_name': '佐证', 'verbose_name_plural': '佐证'},
        ),
        migrations.RemoveField(
            model_name='evidence',
            name='file',
        ),
        migrations.RemoveField(
            model_name='evidence',
            name='caption',
        ),
        migrations.RemoveField(
            model_name='evidence',
            name='height',
        ),
        migrations.RemoveField(
            model_name='evidence',
            name='sha256',
        ),
        migrations.RemoveField(
            model_name='evidence',
            name='size',
        ),
        migrations.RemoveField(
            model_name='evidence',
            name='width',
        ),
        migrations.RenameField(
            model_name='evidence',
            old_name='stored',
            new_name='file',
        ),
        migrations.AlterField(
            model_name='evidence',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='campaigns.evidencefile', verbose_name='文件'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='added_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='添加时间'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='添加人'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('honor__isnull', True), ('story__isnull', True)), models.Q(('activity__isnull', True), ('honor__isnull', False), ('story__isnull', True)), models.Q(('activity__isnull', True), ('honor__isnull', True), ('story__isnull', False)), _connector='OR'), name='evidence_proves_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('file', 'activity'), name='evidence_once_an_activity'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('file', 'honor'), name='evidence_once_an_honor'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('file', 'story'), name='evidence_once_a_story'),
        ),
    ]
