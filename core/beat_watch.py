"""A worker with beat inside (`celery worker -B`) ends when its beat has died.

Celery leaves such a worker running without any periodic job. Whoever keeps the worker
running (`make run`, systemd) starts both anew.
"""

import logging

from billiard import Process
from celery import bootsteps
from celery.worker import WorkController, state

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5


class BeatWatch(bootsteps.Step):
    """Looks every few seconds whether the embedded beat is alive."""

    requires = (
        "celery.worker.components:Timer",
        "celery.worker.components:Beat",
    )

    def create(self, worker: WorkController) -> None:
        """Have the worker's timer look; nothing to do without an embedded beat."""
        if worker.beat:
            worker.timer.call_repeatedly(LOOK_SECONDS, _look, (worker.beat,))


def _look(beat: Process) -> None:
    if state.should_stop is None and beat.pid and not beat.is_alive():
        logger.error("beat has died; the worker ends, to be started again with it")
        state.should_stop = 1
