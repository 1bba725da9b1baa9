"""The list of shifts, first, deep and unchanged, against C0 and T50."""

import json
from typing import NamedTuple

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bench.figures import spend
from volunteers.models import Shift, Signup
from volunteers.queries.shifts import PAGE_SIZE

REQUESTS = 40
WARM_UP = 5
REGION = {"HX-Request": "true"}  # the rows alone, which ask again by themselves


class Command(BaseCommand):
    help = "Measure the list of shifts of a signed-in volunteer; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: object, rounds: int, **options: object) -> None:
        client = Client()
        client.force_login(User.objects.get(username="bench0"))
        first = reverse("volunteers:shift_list")
        pages = {
            "constant": Page(reverse("bare_constant")),
            "bare": Page(reverse("bare_list")),
            "first": Page(first),
            "deep": Page(f"{first}?{_deep_query()}"),
            "again": Page(
                first, 304, REGION | {"If-None-Match": _version(client, first)}
            ),
        }
        for page in pages.values():
            _get(client, page, WARM_UP)
        cpu = {name: [] for name in pages}
        wall = {name: [] for name in pages}
        for _round in range(rounds):
            for name, page in pages.items():
                spent = spend(lambda page=page: _get(client, page, REQUESTS))
                cpu[name].append(spent.cpu * 1000 / REQUESTS)
                wall[name].append(spent.wall * 1000 / REQUESTS)
        self.stdout.write(
            json.dumps(
                {
                    "cpu": cpu,
                    "wall": wall,
                    "queries": {
                        name: _queries(client, page) for name, page in pages.items()
                    },
                    "bytes": {
                        name: len(_get(client, page, 1).content)
                        for name, page in pages.items()
                    },
                    "rows": {"bare": 50, "first": PAGE_SIZE, "deep": PAGE_SIZE},
                    "signups": Signup.objects.count(),
                }
            )
        )


class Page(NamedTuple):
    """What is asked for, and how it must be answered."""

    url: str
    status: int = 200
    headers: dict[str, str] = {}


def _version(client: Client, url: str) -> str:
    """What the list says its version is."""
    return client.get(url, headers=REGION).headers["ETag"]


def _get(client: Client, page: Page, times: int) -> HttpResponse:
    for _time in range(times):
        response = client.get(page.url, headers=page.headers)
        if response.status_code != page.status:
            raise RuntimeError(f"{page.url} answered {response.status_code}")
    return response


def _queries(client: Client, page: Page) -> int:
    with CaptureQueriesContext(connection) as queries:
        _get(client, page, 1)
    return len(queries)


def _deep_query() -> str:
    """The key of the row in the middle of all upcoming shifts."""
    shifts = Shift.objects.order_by("starts_at", "pk")
    row = shifts[shifts.count() // 2]
    moment = row.starts_at.isoformat().replace("+", "%2B")
    return f"after={moment}_{row.pk}"
