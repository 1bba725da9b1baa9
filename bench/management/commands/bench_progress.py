"""The progress matrix of the district against T50; run last, it approves activities."""

import json

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bench.figures import spend
from bench.progress import approve, matrix

REQUESTS = 10
WARM_UP = 2


class Command(BaseCommand):
    help = "Measure the progress matrix with SIZE approved activities; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", type=int)
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: object, size: int, rounds: int, **options: object) -> None:
        approved = approve(size)
        client = Client()
        client.force_login(User.objects.get(username="bench-office"))
        urls = {"bare": reverse("bare_list"), "matrix": reverse("reports:progress")}
        cpu, wall = ({name: [] for name in urls} for _figure in range(2))
        for url in urls.values():
            _get(client, url, WARM_UP)
        for _round in range(rounds):
            for name, url in urls.items():
                spent = spend(lambda url=url: _get(client, url, REQUESTS))
                cpu[name].append(spent.cpu * 1000 / REQUESTS)
                wall[name].append(spent.wall * 1000 / REQUESTS)
        with CaptureQueriesContext(connection) as queries:
            client.get(urls["matrix"])
        shown = matrix()
        outcome = {
            "cpu": cpu,
            "wall": wall,
            "approved": approved,
            "counted": shown.total.cells[-1].approved,
            "units": len(shown.rows),
            "queries": len(queries),
        }
        self.stdout.write(json.dumps(outcome))


def _get(client: Client, url: str, times: int) -> None:
    for _time in range(times):
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
