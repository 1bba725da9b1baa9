"""Clock to action: end what is over, freeze what has closed."""

from celery import shared_task
from django.utils import timezone

from campaigns.actions import end_due_activities
from campaigns.actions.campaigns import freeze_due_campaigns
from campaigns.actions.honor_awards import lapse_unchecked, remind_of_honor_checks
from campaigns.actions.task_clock import escalate_overdue_tasks
from campaigns.actions.whistle_clock import (
    close_unrated_whistles,
    erase_whistle_contacts,
    tell_overdue_whistles,
)
from core.periodic import PeriodicTask


@shared_task(base=PeriodicTask, name="campaigns.end_activities")
def end_activities() -> int:
    """End published activities whose time is over; safe to run twice at once."""
    return end_due_activities(now=timezone.now())


@shared_task(base=PeriodicTask, name="campaigns.freeze_campaigns")
def freeze_campaigns() -> int:
    """Freeze closing campaigns whose days are over; safe to run twice at once."""
    return freeze_due_campaigns(today=timezone.localdate())


@shared_task(base=PeriodicTask, name="campaigns.escalate_overdue_tasks")
def escalate_overdue_tasks_hourly() -> int:
    """Recall tasks that are due soon and go up with overdue ones; safe to run twice."""
    return escalate_overdue_tasks(now=timezone.now())


@shared_task(base=PeriodicTask, name="campaigns.lapse_honors")
def lapse_honors() -> None:
    """Recall yearly checks that come up; end honours whose check never came."""
    today = timezone.localdate()
    remind_of_honor_checks(today=today)
    lapse_unchecked(today=today)


@shared_task(base=PeriodicTask, name="campaigns.tell_overdue_whistles")
def tell_overdue_whistles_task() -> int:
    """Go up with overdue whistles in working hours; safe to run twice at once."""
    return tell_overdue_whistles(now=timezone.now())


@shared_task(base=PeriodicTask, name="campaigns.close_unrated_whistles")
def close_unrated_whistles_task() -> int:
    """Close delivered whistles nobody rated in time; safe to run twice at once."""
    return close_unrated_whistles(now=timezone.now())


@shared_task(base=PeriodicTask, name="campaigns.erase_whistle_contacts")
def erase_whistle_contacts_task() -> int:
    """Forget residents of whistles that ended long ago; safe to run twice at once."""
    return erase_whistle_contacts(now=timezone.now())
