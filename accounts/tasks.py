"""Clock to action: deliver what is due."""

from celery import shared_task
from django.utils import timezone

from accounts import exports
from accounts.drafts import purge_drafts as purge
from accounts.notifications.sending import deliver_due
from accounts.notifications.sweeping import sweep as give_back_claims
from core.doorbell import ring
from core.periodic import PeriodicTask


@shared_task(name="accounts.deliver_notifications")
def deliver_notifications() -> int:
    """Route and send what is due; safe to run twice at once."""
    return deliver_due(now=timezone.now())


@shared_task(base=PeriodicTask, name="accounts.sweep")
def sweep() -> int:
    """Take back what dead workers held, then send what the bell missed."""
    give_back_claims(now=timezone.now())
    return deliver_due(now=timezone.now())


@shared_task(name="accounts.run_exports", time_limit=exports.TIME_LIMIT)
def run_exports() -> None:
    """Make the next large file, then ring for the one after; safe to run twice."""
    if exports.run_due_exports(now=timezone.now()):
        ring("accounts.run_exports")


@shared_task(base=PeriodicTask, name="accounts.look_for_exports")
def look_for_exports() -> None:
    """Ring for what the bell missed, and what a worker that died has left.

    The file is made by a task of its own, which may take longer than this one.
    """
    if exports.is_any_due(now=timezone.now()):
        ring("accounts.run_exports")


@shared_task(base=PeriodicTask, name="accounts.expire_exports")
def expire_exports() -> int:
    """Take away files whose days are over; safe to run twice."""
    return exports.expire_exports(now=timezone.now())


@shared_task(base=PeriodicTask, name="accounts.purge_drafts")
def purge_drafts() -> int:
    """Forget what nobody came back to for 30 days; safe to run twice."""
    return purge(now=timezone.now())
