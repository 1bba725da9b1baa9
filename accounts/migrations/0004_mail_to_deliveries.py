"""What was known of each message's mail becomes a delivery on the channel "mail"."""

from django.db import migrations

# Mail under way when the program was stopped may have gone out: a person decides.
SEND_STATES = {'claimed': 'sending', 'sent': 'sent', 'failed': 'failed', 'dropped': 'dropped'}


def copy_mail(apps, schema_editor):
    Notification = apps.get_model('accounts', 'Notification')
    Delivery = apps.get_model('accounts', 'Delivery')
    mailed = Notification.objects.filter(email_state__in=SEND_STATES)
    batch = []
    for row in mailed.iterator(chunk_size=1000):
        batch.append(
            Delivery(
                notification_id=row.pk,
                channel='mail',
                send_state=SEND_STATES[row.email_state],
                due_at=row.due_at,
                started_at=row.email_claimed_at,
                sent_at=row.email_sent_at,
                attempts=row.email_attempts,
                error=row.email_error,
            )
        )
        if len(batch) == 1000:
            Delivery.objects.bulk_create(batch)
            batch = []
    Delivery.objects.bulk_create(batch)
    mailed.update(outbox_state='routed')
    Notification.objects.filter(email_state='due').update(outbox_state='due')


def copy_back(apps, schema_editor):
    Notification = apps.get_model('accounts', 'Notification')
    Delivery = apps.get_model('accounts', 'Delivery')
    Notification.objects.filter(outbox_state='due').update(email_state='due')
    back = {new: old for old, new in SEND_STATES.items()} | {'due': 'due'}
    for row in Delivery.objects.filter(channel='mail').iterator(chunk_size=1000):
        Notification.objects.filter(pk=row.notification_id).update(
            email_state=back.get(row.send_state, 'claimed'),
            email_claimed_at=row.started_at,
            email_sent_at=row.sent_at,
            email_attempts=row.attempts,
            email_error=row.error,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_outbox'),
    ]

    operations = [
        migrations.RunPython(copy_mail, copy_back),
    ]
