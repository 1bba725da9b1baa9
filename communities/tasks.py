"""What the clock does to the registers."""

from celery import shared_task
from django.utils import timezone

from communities.actions.changes import apply_due_changes
from communities.actions.needs import expire_due_needs


@shared_task(name="communities.apply_register_changes")
def apply_register_changes() -> None:
    """Carry out the changes of the registers whose day has come."""
    apply_due_changes(today=timezone.localdate())


@shared_task(name="communities.expire_needs")
def expire_needs() -> None:
    """Close needs that nobody claimed by the day they were wanted."""
    expire_due_needs(today=timezone.localdate())
