"""Django on a thread of its own, beside the browser.

Playwright runs a loop on the thread that drives it, and beside a loop Django opens
another connection for each task, on which the district of the tests is not to be seen.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat, Left
from django.http import HttpResponse
from django.test import Client

from tests.world import World, temporary_world

HOST = "localhost"  # a secure origin, as the portal's own is
APPS = ("communities", "campaigns", "volunteers")
# What people name; it stands on pages as long as its field lets it be.
NAMED = {"title", "name", "unit_name", "place"}
LONG = "芗城区通北街道社区卫生服务中心及下属各站点常态化文明实践志愿服务行动" * 6


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


def lengthen_names() -> None:
    """Make every name as long as its field holds, without a place to break at."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            names = [
                field
                for field in model._meta.fields
                if isinstance(field, CharField)
                and field.name in NAMED
                and field.max_length
            ]
            for field in names:
                longer = Left(Concat(F(field.name), Value(LONG)), field.max_length)
                rows = model._base_manager.exclude(**{field.name: ""})
                rows.update(**{field.name: longer})


@contextmanager
def district_desk() -> Iterator[Desk]:
    """A desk in a district of its own, where every name is long."""
    with ThreadPoolExecutor(1) as thread:
        district = temporary_world()
        desk = Desk(thread, thread.submit(district.__enter__).result())
        desk.do(lengthen_names)
        yield desk
        thread.submit(district.__exit__, None, None, None).result()
        thread.submit(lambda: connection.close()).result()
