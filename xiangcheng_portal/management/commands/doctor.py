"""Looks whether everything the portal stands on is there and answers."""

from collections.abc import Callable
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.channels.registry import ready_channels
from accounts.notifications.outbox import outbox_probe
from core.errors import RuleError
from core.periodic import heartbeats, last_heartbeat
from core.readiness import OK
from core.working_days import missing_years
from volunteers.exports import check_pdf_parts
from volunteers.exports.pdf_parts import FONT_PACKAGE, PACKAGES


class Doubt(Exception):
    """Something that works today and wants attention soon."""


class Command(BaseCommand):
    help = (
        "Check database, migrations, cache, broker, periodic jobs, messages, folders, "
        "the calendar of working days and what PDFs are made with; exit 1 on a fault, "
        "not on a warning."
    )

    def handle(self, *args: object, **options: object) -> None:
        faults = sum(not self._check(name, look) for name, look in CHECKS)
        if faults:
            raise CommandError(f"{faults} of {len(CHECKS)} checks failed.")

    def _check(self, name: str, look: Callable[[], str]) -> bool:
        try:
            self.stdout.write(f"ok     {name}: {look()}")
        except Doubt as doubt:
            self.stdout.write(f"warn   {name}: {doubt}")
        except Exception as error:
            # Whatever a library raises, the other checks still have to run.
            self.stdout.write(f"FAULT  {name}: {error}")
            return False
        return True


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return connection.vendor


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise RuntimeError(f"{len(missing)} not applied; run manage.py migrate")
    return "all applied"


def _cache() -> str:
    cache.set("doctor", "well", 10)
    if cache.get("doctor") != "well":
        raise RuntimeError("does not keep values; run manage.py createcachetable")
    return "keeps values"


def _broker() -> str:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return "answers"


def _heartbeat() -> str:
    now = timezone.now()
    seconds = last_heartbeat(now)
    if seconds is None:
        raise Doubt("no periodic job has run yet; start a worker and beat")
    ill = [
        f"{beat.name} {beat.status}" for beat in heartbeats(now) if beat.status != OK
    ]
    if ill:
        raise Doubt(f"{', '.join(ill)}; the last job ended {seconds:.0f} s ago")
    return f"the last job ended {seconds:.0f} s ago"


def _outbox() -> str:
    found = outbox_probe(timezone.now())
    told = (
        f"{found['due']} due, the oldest for {found['oldest_due_seconds']} s; "
        f"{found['stuck']} stuck, {found['failed']} failed"
    )
    if found["status"] != OK or found["stuck"]:
        raise Doubt(f"{told}; look at the deliveries in the admin site")
    return told


def _channels() -> str:
    ready = sorted(ready_channels())
    if not ready:
        raise Doubt("none is set up; messages stay in the inbox of the portal")
    return f"{', '.join(ready)} ready"


def _media() -> str:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".doctor"
    probe.write_text("well", encoding="utf-8")
    probe.unlink()
    return str(folder)


def _calendar() -> str:
    missing = missing_years(timezone.localdate())
    if missing:
        years = ", ".join(map(str, missing))
        raise Doubt(
            f"no holidays of {years}: working days there cannot be counted; update "
            "chinesecalendar or add the State Council's notice to HOLIDAYS_FILE"
        )
    return "has the years in use"


def _pdf() -> str:
    try:
        return check_pdf_parts()
    except RuleError as error:
        raise Doubt(
            "certificates cannot be downloaded as PDF until these packages are there: "
            f"{PACKAGES} {FONT_PACKAGE}"
        ) from error


CHECKS = [
    ("database", _database),
    ("migrations", _migrations),
    ("cache", _cache),
    ("broker", _broker),
    ("periodic jobs", _heartbeat),
    ("messages", _outbox),
    ("channels", _channels),
    ("media folder", _media),
    ("working days", _calendar),
    ("certificates", _pdf),
]
