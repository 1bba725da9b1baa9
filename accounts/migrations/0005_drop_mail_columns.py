from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_mail_to_deliveries'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='notification',
            name='notification_due_by_email',
        ),
        migrations.RemoveField(
            model_name='notification',
            name='email_attempts',
        ),
        migrations.RemoveField(
            model_name='notification',
            name='email_claimed_at',
        ),
        migrations.RemoveField(
            model_name='notification',
            name='email_error',
        ),
        migrations.RemoveField(
            model_name='notification',
            name='email_sent_at',
        ),
        migrations.RemoveField(
            model_name='notification',
            name='email_state',
        ),
    ]
