"""What the clock does to the audit log and to the cache."""

import logging

from celery import shared_task
from django.utils import timezone

from core.audit_chain import head, seal_forgotten, seal_new
from core.cache_sweep import forget_expired
from core.periodic import PeriodicTask

logger = logging.getLogger(__name__)


@shared_task(base=PeriodicTask, name="core.seal_audit")
def seal_audit() -> None:
    """Seal the new lines of the audit log."""
    seal_new(timezone.now())


@shared_task(base=PeriodicTask, name="core.note_audit_head")
def note_audit_head() -> None:
    """Seal what the minutes missed, and write the chain's head into the log.

    Kept elsewhere, the head shows when the whole chain was made anew.
    """
    forgotten = seal_forgotten(timezone.now())
    position, digest = head()
    logger.info("audit head %s %s, %s sealed late", position, digest, forgotten)


@shared_task(base=PeriodicTask, name="core.sweep_cache")
def sweep_cache() -> int:
    """Delete what the cache in the database holds beyond its time."""
    return forget_expired(timezone.now())
