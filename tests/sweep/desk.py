"""Django on a thread of its own, beside the browser.

Playwright runs a loop on the thread that drives it, and beside a loop Django opens
another connection for each task, on which the district of the tests is not to be seen.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.world import World, temporary_world

HOST = "localhost"  # a secure origin, as the portal's own is


class Desk:
    """Answers requests in the district, on its thread."""

    def __init__(self, thread: ThreadPoolExecutor, world: World) -> None:
        self._thread, self.world = thread, world
        self._clients: dict[str, Client] = {}

    def do(self, work: Callable, *args: Any) -> Any:
        """What `work` returns."""
        return self._thread.submit(work, *args).result()

    def ask(
        self,
        role: str,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        **headers: str,
    ) -> HttpResponse:
        """The answer the role gets; what it wrote is taken back."""
        return self.do(self._ask, role, path, method, body, headers)

    def _ask(
        self, role: str, path: str, method: str, body: bytes, headers: dict
    ) -> HttpResponse:
        client = self._clients.get(role)
        if client is None:
            client = self._clients[role] = self.world.client(role)
            client.raise_request_exception = False
        kind = headers.pop("content-type", "application/octet-stream")
        point = transaction.savepoint()
        response = client.generic(
            method, path, body, kind, headers=headers, HTTP_HOST=HOST
        )
        response.whole = b"".join(response) if response.streaming else response.content
        transaction.savepoint_rollback(point)
        return response

    @contextmanager
    def record(self, make: Callable) -> Iterator[Any]:
        """What `make` made, taken back at the end."""
        point = self.do(transaction.savepoint)
        yield self.do(make)
        self.do(transaction.savepoint_rollback, point)


@contextmanager
def district_desk() -> Iterator[Desk]:
    """A desk in a district of its own."""
    with ThreadPoolExecutor(1) as thread:
        district = temporary_world()
        yield Desk(thread, thread.submit(district.__enter__).result())
        thread.submit(district.__exit__, None, None, None).result()
        thread.submit(lambda: connection.close()).result()
