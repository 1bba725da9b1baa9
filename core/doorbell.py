"""Rings a worker after commit; the database already holds what is to be done."""

import logging
import time

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

QUIET_SECONDS = 30
_silent_until = 0.0


def ring(task_name: str) -> None:
    """Ask a worker to run `task_name` once this transaction has committed.

    Never fails and never waits long: when the broker does not answer, the bell
    stays silent for half a minute and beat picks the work up.
    """
    transaction.on_commit(lambda: _ring(task_name))


def _ring(task_name: str) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task(task_name, retry=False)
    except Exception as error:
        # Whatever the broker's client raises, the request has already succeeded.
        _silent_until = time.monotonic() + QUIET_SECONDS
        logger.warning(
            "broker does not answer, %s waits for beat: %s", task_name, error
        )
