"""The list of shifts, first page and deep page, against T50."""

import json

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bench.figures import spend
from volunteers.models import Shift
from volunteers.queries.shifts import PAGE_SIZE

REQUESTS = 40
WARM_UP = 5


class Command(BaseCommand):
    help = "Measure the list of shifts of a signed-in volunteer; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: object, rounds: int, **options: object) -> None:
        client = Client()
        client.force_login(User.objects.get(username="bench0"))
        urls = {
            "bare": reverse("bare_list"),
            "first": reverse("volunteers:shift_list"),
            "deep": f"{reverse('volunteers:shift_list')}?{_deep_query()}",
        }
        for url in urls.values():
            _get(client, url, WARM_UP)
        cpu = {name: [] for name in urls}
        wall = {name: [] for name in urls}
        for _round in range(rounds):
            for name, url in urls.items():
                spent = spend(lambda url=url: _get(client, url, REQUESTS))
                cpu[name].append(spent.cpu * 1000 / REQUESTS)
                wall[name].append(spent.wall * 1000 / REQUESTS)
        self.stdout.write(
            json.dumps(
                {
                    "cpu": cpu,
                    "wall": wall,
                    "queries": {name: _queries(client, urls[name]) for name in urls},
                    "bytes": {
                        name: len(client.get(urls[name]).content) for name in urls
                    },
                    "rows": {"bare": 50, "first": PAGE_SIZE, "deep": PAGE_SIZE},
                }
            )
        )


def _get(client: Client, url: str, times: int) -> None:
    for _time in range(times):
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def _deep_query() -> str:
    """The key of the row in the middle of all upcoming shifts."""
    shifts = Shift.objects.order_by("starts_at", "pk")
    row = shifts[shifts.count() // 2]
    moment = row.starts_at.isoformat().replace("+", "%2B")
    return f"after={moment}_{row.pk}"
