"""A second caller with a connection of its own, to meet locks of the first."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

LONGEST_WAY_TO_A_LOCK = 20
LOOK_SECONDS = 0.01


class Watch:
    """Tells whether the calls of another thread wait for a lock of this one."""

    def __init__(self) -> None:
        self._writes_since: float | None = None
        self._backend: int | None = None

    def __call__(self, execute: Callable, sql: str, *rest: Any) -> Any:
        """Note what the other thread's connection is about to execute."""
        if connection.vendor == "postgresql":
            self._backend = connection.connection.get_backend_pid()
        elif not str(sql).lstrip().upper().startswith("SELECT"):
            self._writes_since = time.monotonic()
        try:
            return execute(sql, *rest)
        finally:
            self._writes_since = self._backend = None

    def sees_a_lock(self) -> bool:
        """Whether the other waits for what this thread's transaction holds."""
        if connection.vendor == "postgresql":
            return self._backend is not None and self._is_blocked(self._backend)
        # Whoever writes to SQLite waits for the one transaction that may write.
        since = self._writes_since
        return since is not None and time.monotonic() - since > 2 * LOOK_SECONDS

    def _is_blocked(self, backend: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_backend_pid() = ANY(pg_blocking_pids(%s))", [backend]
            )
            return cursor.fetchone()[0]


@contextmanager
def before_commit_of(first: Callable[[], Any]) -> Iterator[Callable[..., Future]]:
    """Run `first` in a transaction that is held open over the block.

    The block gets a function that starts a second call in another thread; it comes
    back when that call has ended or waits for a lock of the transaction.
    """

    def run(call: Callable[[], Any], watch: Watch) -> Any:
        try:
            with connection.execute_wrapper(watch):
                return call()
        finally:
            connection.close()

    def start(call: Callable[[], Any]) -> Future:
        watch = Watch()
        future = pool.submit(run, call, watch)
        latest = time.monotonic() + LONGEST_WAY_TO_A_LOCK
        while not wait([future], timeout=LOOK_SECONDS).done:
            if watch.sees_a_lock():
                break
            assert time.monotonic() < latest, "neither an end nor a lock"
        return future

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        first()
        yield start
