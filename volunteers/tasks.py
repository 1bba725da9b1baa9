"""Clock to action: plan the reminders that are due."""

from celery import shared_task
from django.utils import timezone

from volunteers import actions


@shared_task(name="volunteers.plan_shift_reminders")
def plan_shift_reminders() -> int:
    """Write due reminders; safe to run twice at once."""
    return actions.plan_shift_reminders(now=timezone.now())
