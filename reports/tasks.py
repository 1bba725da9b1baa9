"""Clock to action: reports that people have made at set times."""

from celery import shared_task
from django.utils import timezone

from core.periodic import PeriodicTask
from reports import actions


@shared_task(base=PeriodicTask, name="reports.make_due_reports")
def make_due_reports() -> int:
    """Ask for the files of due schedules; safe to run twice at once."""
    return actions.make_due_reports(now=timezone.now())
