"""Probes of /readyz for what the portal stands on: cache, broker, files, migrations.

Each is cheap and asked at most every few seconds, however often /readyz is. The words
of errors stay out of the answers: they name servers, accounts and folders.
"""

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from functools import cache, wraps
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.cache import cache as portal_cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.readiness import DOWN, OK, Answer, Probe, register_probe

LOW, PENDING, READ_ONLY = "low", "pending", "read-only"
PROBE_KEY = "readyz"
MEGABYTE = 1024 * 1024
BROKER_SECONDS = 2


def register_probes() -> None:
    """Have /readyz ask them; called once, when Django starts."""
    register_probe("migrations", _kept(migrations, seconds=30))
    register_probe("cache", _kept(cache_keeps, seconds=10))
    register_probe("broker", _kept(broker_answers, seconds=10))
    register_probe("media", _kept(media_folder, seconds=10))
    register_probe("disk", _kept(disk_space, seconds=10))


@cache  # the same one each time: Django may start its apps again, for tests say
def _kept(probe: Probe, *, seconds: int) -> Probe:
    """The probe's answer, asked again after so many seconds."""
    last: list[tuple[datetime, Answer]] = []

    @wraps(probe)
    def kept(now: datetime) -> Answer:
        if last and timedelta() <= now - last[0][0] < timedelta(seconds=seconds):
            return last[0][1]
        answer = probe(now)
        last[:] = [(now, answer)]
        return answer

    return kept


def migrations(now: datetime) -> Answer:
    """How many migrations of this code the database has not had."""
    applied = MigrationRecorder(connection).applied_migrations()
    pending = len(_migrations_of_code() - set(applied))
    return {"status": PENDING if pending else OK, "pending": pending}


@cache
def _migrations_of_code() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.nodes)


def cache_keeps(now: datetime) -> Answer:
    """Whether the cache gives back what it is given."""
    try:
        portal_cache.set(PROBE_KEY, now.isoformat(), 60)
        is_kept = portal_cache.get(PROBE_KEY) is not None
    except Exception:  # whatever the backend raises
        is_kept = False
    return {"status": OK if is_kept else DOWN}


def broker_answers(now: datetime) -> Answer:
    """Whether the workers' doorbell answers; without it work is late, not lost."""
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except Exception:  # whatever the transport raises
        return {"status": DOWN}
    return {"status": OK}


def media_folder(now: datetime) -> Answer:
    """Whether files can be written where photos and papers live."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"readyz")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return {"status": READ_ONLY}
    return {"status": OK}


def disk_space(now: datetime) -> Answer:
    """What is left on the disk of the files, in MB and per cent."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    free = usage.free // MEGABYTE
    return {
        "status": LOW if free < settings.DISK_FREE_MB else OK,
        "free_mb": free,
        "free_percent": round(100 * usage.free / usage.total),
    }
