"""What the clock does to the registers."""

from celery import shared_task
from django.utils import timezone

from communities.actions.changes import apply_due_changes


@shared_task(name="communities.apply_register_changes")
def apply_register_changes() -> None:
    """Carry out the changes of the registers whose day has come."""
    apply_due_changes(today=timezone.localdate())
