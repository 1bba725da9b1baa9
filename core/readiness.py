"""What /readyz tells machines: probes by name, each on its own."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection

from core.periodic import last_heartbeat

logger = logging.getLogger(__name__)

# Runs of beat that may be missed before the heartbeat is late.
MISSED_RUNS = 5

OK, LATE, DOWN, UNKNOWN = "ok", "late", "down", "unknown"
DATABASE = "database"
# A probe's figures, with "status"; numbers and words only, of no person.
Answer = dict[str, object]
Probe = Callable[[datetime], Answer]

_probes: dict[str, Probe] = {}


def register_probe(name: str, probe: Probe) -> None:
    """Add a probe; another one of the same name is a mistake. Raises ValueError."""
    if _probes.setdefault(name, probe) is not probe:
        raise ValueError(f"probe {name!r} is registered twice")
    _probes[name] = probe


def readiness(now: datetime) -> dict[str, Answer]:
    """Each probe's answer by its name; one that fails says "unknown".

    Without the database only that is said: the others would wait for it.
    """
    if not _database_answers():
        return {DATABASE: {"status": DOWN}}
    answers = {name: _ask(name, probe, now) for name, probe in _probes.items()}
    return {DATABASE: {"status": OK}, **answers}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:
        # Whatever the driver raises; its words may name the server and the account.
        logger.error("the database does not answer: %s", type(error).__name__)
        return False
    return True


def _ask(name: str, probe: Probe, now: datetime) -> Answer:
    try:
        return probe(now)
    except Exception:
        logger.exception("the probe %s failed", name)
        return {"status": UNKNOWN}


def heartbeat(now: datetime) -> Answer:
    """Whether beat and a worker still run periodic jobs, and how long ago one ended."""
    seconds = last_heartbeat(now)
    is_late = seconds is None or seconds > MISSED_RUNS * settings.BEAT_SECONDS
    return {
        "status": LATE if is_late else OK,
        "age_seconds": None if seconds is None else round(seconds),
    }
