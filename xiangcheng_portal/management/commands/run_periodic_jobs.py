"""The periodic jobs in one process, without a broker."""

import logging
import signal
import uuid
from threading import Event

from celery import current_app
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from core.origins import WORKER, acting_from
from core.periodic import due_jobs, run_slot

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5


class Command(BaseCommand):
    help = (
        "Run the jobs of CELERY_BEAT_SCHEDULE when they are due, without Redis and "
        "beat; beside them each slot of time is still run once. Stops on SIGTERM, "
        "after the job under way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="run what is due now, then end; exit 1 when a job failed",
        )

    def handle(self, *args: object, once: bool, **options: object) -> None:
        current_app.loader.import_default_modules()
        self._stop = Event()
        if once:
            failed = self._run_due()
            if failed:
                raise CommandError(f"Failed: {', '.join(failed)}.")
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        while not self._stop.is_set():
            self._look()
            self._stop.wait(LOOK_SECONDS)

    def _look(self) -> None:
        close_old_connections()  # the database may have been started anew
        try:
            self._run_due()
        except DatabaseError:
            logger.exception("the database does not answer; the jobs wait")

    def _run_due(self) -> list[str]:
        """Run what is due; returns the names of jobs that failed."""
        names = due_jobs(timezone.now())
        return [name for name in names if not (self._stop.is_set() or self._run(name))]

    def _run(self, name: str) -> bool:
        work = current_app.tasks[name].run
        try:
            with acting_from(WORKER):
                run_slot(name, work, by=f"command {uuid.uuid4()}")
        except Exception:
            # One job that fails must not keep the others from running.
            logger.exception("%s failed", name)
            return False
        return True
