from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_drop_mail_columns'),
    ]

    operations = [
        migrations.AddField(
            model_name='chatrobot',
            name='tested_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='测试时间'),
        ),
    ]
