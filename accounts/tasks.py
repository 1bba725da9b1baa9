"""Clock to action: deliver what is due."""

from celery import shared_task
from django.utils import timezone

from accounts.notifications import deliver_due


@shared_task(name="accounts.deliver_notifications")
def deliver_notifications() -> int:
    """Send due mail; safe to run twice at once."""
    return deliver_due(now=timezone.now())
