"""The progress matrix from few activities to a million, against T50 and GROUP BY."""

import json
import time
from collections.abc import Callable

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bench import coverage
from bench.figures import spend

REQUESTS = 20
WARM_UP = 3


class Command(BaseCommand):
    help = "Measure the progress matrix with SIZE activities; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", type=int)
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: object, size: int, rounds: int, **options: object) -> None:
        began = time.monotonic()
        checked = coverage.cover(size)
        seeded = time.monotonic() - began
        client = Client()
        client.force_login(User.objects.get(username="bench-office"))
        url = reverse("reports:progress")
        question, tree = coverage.question(), coverage.tree()
        ways: dict[str, Callable[[], object]] = {
            "bare": lambda: _get(client, reverse("bare_list")),
            "signed": lambda: _get(client, reverse("bare_signed_in"), 204),
            "frame": lambda: _get(client, reverse("bare_frame")),
            "warm": lambda: _get(client, url),
            "cold": lambda: (cache.clear(), _get(client, url)),
            "figures": lambda: coverage.folded(question, tree),
            "grouped": coverage.grouped,
        }
        cpu, wall = ({name: [] for name in ways} for _figure in range(2))
        for _round in range(rounds):
            for name, way in ways.items():
                _repeat(way, WARM_UP)
                spent = spend(lambda way=way: _repeat(way, REQUESTS))
                cpu[name].append(spent.cpu * 1000 / REQUESTS)
                wall[name].append(spent.wall * 1000 / REQUESTS)
        _get(client, url)
        with CaptureQueriesContext(connection) as queries:
            _get(client, url)
        shown = coverage.folded(question, tree)
        outcome = {
            "seeded": seeded,
            "cpu": cpu,
            "wall": wall,
            "activities": checked.activities,
            "counters": checked.counters,
            "drifts": checked.drifts,
            "counted": shown.total.cells[-1].approved,
            "grouped": coverage.grouped(),
            "units": len(shown.rows),
            "queries": len(queries),
        }
        self.stdout.write(json.dumps(outcome))


def _repeat(way: Callable[[], object], times: int) -> None:
    for _time in range(times):
        way()


def _get(client: Client, url: str, status: int = 200) -> None:
    response = client.get(url)
    if response.status_code != status:
        raise RuntimeError(f"{url} answered {response.status_code}")
