"""Clock to action: end what is over."""

from celery import shared_task
from django.utils import timezone

from campaigns.actions import end_due_activities


@shared_task(name="campaigns.end_activities")
def end_activities() -> int:
    """End published activities whose time is over; safe to run twice at once."""
    return end_due_activities(now=timezone.now())
