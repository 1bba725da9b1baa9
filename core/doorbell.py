"""Rings a worker after commit; the database already holds what is to be done.

A request only leaves the name of a task. A thread of the process takes the names to
the broker, so a broker that is down or frozen holds up nobody: the bell then stays
silent for half a minute, and beat picks the work up. What a process that ends has not
rung yet is left to beat as well.
"""

import contextlib
import logging
import os
import time
from collections.abc import Callable
from threading import Event, Lock, Thread

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

QUIET_SECONDS = 30
# Rings of one task that come within this time are one.
GATHER_SECONDS = 0.05


def ring(task_name: str) -> None:
    """Ask a worker to run `task_name` once this transaction has committed.

    Never fails and never waits.
    """
    transaction.on_commit(lambda: _ring(task_name))


class BrokerLine:
    """Sends tasks over a connection it keeps, for one thread."""

    def __init__(self) -> None:
        self._connection = None

    def __call__(self, task_name: str) -> None:
        """Send a task; a connection that was kept too long is made anew once."""
        is_new = self._connection is None
        try:
            self._send(task_name)
        except Exception:
            self._hang_up()
            if is_new:
                raise
            self._send(task_name)

    def _send(self, task_name: str) -> None:
        if self._connection is None:
            self._connection = current_app.connection_for_write()
        current_app.send_task(task_name, connection=self._connection, retry=False)

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        with contextlib.suppress(Exception):
            connection.release()


class Bell:
    """Takes names at once and hands them to `send` in a thread of its own."""

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send
        self._names: set[str] = set()
        self._lock = Lock()
        self._wake = Event()
        self._thread: Thread | None = None
        self._silent_until = 0.0

    def ring(self, task_name: str) -> None:
        """Have a task sent soon, unless the broker has failed a moment ago."""
        if time.monotonic() < self._silent_until:
            return
        with self._lock:
            self._names.add(task_name)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="doorbell", daemon=True)
                self._thread.start()
        self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            time.sleep(GATHER_SECONDS)
            self._wake.clear()
            with self._lock:
                names, self._names = self._names, set()
            self._send_all(names)

    def _send_all(self, names: set[str]) -> None:
        for name in names:
            try:
                self._send(name)
            except Exception as error:
                # Whatever the broker's client raises, the requests have succeeded.
                self._silent_until = time.monotonic() + QUIET_SECONDS
                logger.warning("broker does not answer, beat does the work: %s", error)
                return


_bell = Bell(BrokerLine())


def _hang_a_new_bell() -> None:
    """A process that was forked has neither the thread nor a lock to rely on."""
    global _bell
    _bell = Bell(BrokerLine())


os.register_at_fork(after_in_child=_hang_a_new_bell)


def _ring(task_name: str) -> None:
    try:
        _bell.ring(task_name)
    except Exception as error:
        # No thread can be started, as at the end of a process.
        logger.warning("%s cannot be rung for: %s", task_name, error)
