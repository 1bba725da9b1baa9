"""A second caller with a connection of its own, to meet locks of the first."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

LONG_ENOUGH_TO_MEET_A_LOCK = 0.7


@contextmanager
def before_commit_of(first: Callable[[], Any]) -> Iterator[Callable[..., Future]]:
    """Run `first` in a transaction that is held open over the block.

    The block gets a function that starts a second call in another thread; it comes
    back when that call has ended or has had time to run into a lock.
    """

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connection.close()

    def start(call: Callable[[], Any]) -> Future:
        future = pool.submit(run, call)
        wait([future], timeout=LONG_ENOUGH_TO_MEET_A_LOCK)
        return future

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        first()
        yield start
