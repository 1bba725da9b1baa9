"""Periodic jobs: each slot of time is run once, and leaves a heartbeat.

Beat only rings. Whoever starts a job first claims the slot (now, floored to the job's
interval) in its row of PeriodicJob, so two beats, two workers and `run_periodic_jobs`
beside them run it once. Decision 0015.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from celery import Task
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError
from django.db.models import F, Max, Q
from django.utils import timezone

from core.models import PeriodicJob

logger = logging.getLogger(__name__)

# A slot further ahead than this, and than one interval, was claimed by a clock that
# was wrong: without it the job would stand still until that slot has come.
WRONG_CLOCK = timedelta(minutes=5)
# A job is late when it has missed a slot and this much more.
GRACE = timedelta(minutes=2)

T = TypeVar("T")


class PeriodicTask(Task):
    """A task of beat: a worker runs it once a slot; called directly it just runs."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run as celery or a caller asks; None when the slot is another's."""
        if self.request.called_directly:
            return self.run(*args, **kwargs)
        return run_slot(
            self.name, lambda: self.run(*args, **kwargs), by=self.request.id
        )


def run_slot(name: str, work: Callable[[], T], *, by: str) -> T | None:
    """Claim the present slot of a job, do `work` and write down how it went.

    Returns what `work` returns, or None when the slot is taken or cannot be claimed.
    What `work` raises passes through. `by` names the message: the same one may claim
    its slot again until it has finished.
    """
    if not _claim_or_log(name, by):
        return None
    try:
        result = work()
    except Exception as error:
        _note(name, failed_at=timezone.now(), error=_describe(error))
        raise
    _note(name, finished_at=timezone.now(), error="")
    return result


def claim(name: str, *, by: str, now: datetime) -> bool:
    """Claim the slot of a job at `now`; whether it is the caller's.

    One UPDATE decides, on both databases: the second waits for the first and then
    finds no row that is still free.
    """
    interval = interval_of(name)
    slot = slot_at(now, interval)
    wrong_after = slot + max(interval, WRONG_CLOCK)
    jobs = PeriodicJob.objects.filter(name=name)
    if not jobs.exists():
        PeriodicJob.objects.bulk_create([PeriodicJob(name=name)], ignore_conflicts=True)
    is_free = Q(slot=None) | Q(slot__lt=slot) | Q(slot__gt=wrong_after)
    has_ended = Q(finished_at__gte=F("started_at")) | Q(failed_at__gte=F("started_at"))
    is_ours = Q(slot=slot, claimed_by=by) & ~has_ended
    return bool(
        jobs.filter(is_free | is_ours).update(
            slot=slot, claimed_by=by, runs=F("runs") + 1, started_at=now
        )
    )


def due_jobs(now: datetime) -> list[str]:
    """The jobs of beat that are worth a claim: their present slot was not claimed."""
    slots = dict(PeriodicJob.objects.values_list("name", "slot"))
    return [
        name
        for name, interval in sorted(intervals().items())
        if slots.get(name) != slot_at(now, interval)
    ]


def slot_at(now: datetime, interval: timedelta) -> datetime:
    """The start of the slot of time that `now` lies in."""
    seconds = interval.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=UTC)


def intervals() -> dict[str, timedelta]:
    """Each job of beat with its interval, as the settings say."""
    return {
        entry["task"]: timedelta(seconds=entry["schedule"])
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }


def interval_of(name: str) -> timedelta:
    """How often a job runs. Raises ImproperlyConfigured when beat does not know it."""
    try:
        return intervals()[name]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is not in CELERY_BEAT_SCHEDULE") from None


class Heartbeat(NamedTuple):
    """When a job last finished, and whether that is as it should be.

    `status` is "ok", "late", "failed" (the last run raised) or "never".
    """

    name: str
    seconds: int
    finished_at: datetime | None
    status: str
    error: str = ""


def heartbeats(now: datetime) -> list[Heartbeat]:
    """How each job of beat is doing, by name."""
    jobs = {job.name: job for job in PeriodicJob.objects.all()}
    return [
        _heartbeat(name, interval, jobs.get(name) or PeriodicJob(name=name), now)
        for name, interval in sorted(intervals().items())
    ]


def last_heartbeat(now: datetime) -> float | None:
    """Seconds since any job last ended, well or not; None when none ever did."""
    ends = PeriodicJob.objects.aggregate(Max("finished_at"), Max("failed_at"))
    latest = max(filter(None, ends.values()), default=None)
    return None if latest is None else max(0.0, (now - latest).total_seconds())


def _heartbeat(
    name: str, interval: timedelta, job: PeriodicJob, now: datetime
) -> Heartbeat:
    finished, failed = job.finished_at, job.failed_at
    if failed and (not finished or failed > finished):
        status = "failed"
    elif not finished:
        status = "never"
    else:
        status = "late" if now - finished > 2 * interval + GRACE else "ok"
    return Heartbeat(name, int(interval.total_seconds()), finished, status, job.error)


def _claim_or_log(name: str, by: str) -> bool:
    try:
        return claim(name, by=by, now=timezone.now())
    except DatabaseError:
        logger.exception("%s is left out: its slot cannot be claimed", name)
        return False


def _note(name: str, **values: Any) -> None:
    """Write down an end; the work is done, so a database that fails is logged."""
    try:
        PeriodicJob.objects.filter(name=name).update(**values)
    except DatabaseError:
        logger.exception("%s has ended, which cannot be written down", name)


def _describe(error: Exception) -> str:
    """Which error and where; never its words, which may name a person."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_globals.get('__name__')}" if trace else ""
    line = f":{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}{line}"[:200]
