"""The logs of worker and beat: as the portal's settings say, a line for each task."""

import logging
import logging.config
import time
from typing import Any

from celery import Task, signals
from django.conf import settings

from core.request_ids import current_request_id, set_request_id

logger = logging.getLogger(__name__)


def connect_task_log() -> None:
    """Have celery leave the logs alone, and tell each task as it ends."""
    signals.setup_logging.connect(_keep_ours, weak=False)
    signals.task_prerun.connect(_begin, weak=False)
    signals.task_postrun.connect(_end, weak=False)


def _keep_ours(**_values: Any) -> None:
    """That somebody answers is what keeps celery from setting up its own."""
    logging.config.dictConfig(settings.LOGGING)


def _begin(task: Task, task_id: str, **_values: Any) -> None:
    task.request.log_started = time.monotonic()
    if not current_request_id():
        # What the task writes into the log and the audit belongs together.
        set_request_id(task_id.replace("-", "")[:16])
        task.request.log_is_named = True


def _end(task: Task, task_id: str, state: str | None = None, **_values: Any) -> None:
    started = getattr(task.request, "log_started", None)
    fields = {
        "task": task.name,
        "task_id": task_id,
        "state": state or "UNKNOWN",
        "ms": None if started is None else round((time.monotonic() - started) * 1000),
    }
    logger.info("task", extra={"fields": fields})
    if getattr(task.request, "log_is_named", False):
        set_request_id("")
