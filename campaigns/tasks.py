"""Clock to action: end what is over, freeze what has closed."""

from celery import shared_task
from django.utils import timezone

from campaigns.actions import end_due_activities
from campaigns.actions.campaigns import freeze_due_campaigns


@shared_task(name="campaigns.end_activities")
def end_activities() -> int:
    """End published activities whose time is over; safe to run twice at once."""
    return end_due_activities(now=timezone.now())


@shared_task(name="campaigns.freeze_campaigns")
def freeze_campaigns() -> int:
    """Freeze closing campaigns whose days are over; safe to run twice at once."""
    return freeze_due_campaigns(today=timezone.localdate())
