"""Boards of whistles: shown in full, asked for news in vain, against a bare view."""

import json
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.figures import spend
from bench.whistles import blow_to, officials

REQUESTS = {"bare": 200, "poll": 200}
REQUESTS_IN_FULL = 15
WARM_UP = 3
TRIES = 3


class Command(BaseCommand):
    help = "Measure boards of whistles with SIZE whistles in all; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", type=int)
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: object, size: int, rounds: int, **options: object) -> None:
        people = officials()
        under_way = blow_to(size)
        boards = {role: Board(user) for role, user in people.items()}
        asks = {"bare": boards["street"].bare, "poll": boards["street"].poll}
        asks |= {role: board.full for role, board in boards.items()}
        for ask in asks.values():
            _repeat(ask, WARM_UP)
        cpu, wall = ({name: [] for name in asks} for _figure in range(2))
        for _round in range(rounds):
            for name, ask in asks.items():
                times = REQUESTS.get(name, REQUESTS_IN_FULL)
                spent = spend(lambda ask=ask, times=times: _repeat(ask, times))
                cpu[name].append(spent.cpu * 1000 / times)
                wall[name].append(spent.wall * 1000 / times)
        outcome = {
            "size": size,
            "under_way": under_way,
            "cpu": cpu,
            "wall": wall,
            "queries": {name: _queries(ask) for name, ask in asks.items()},
            "rows": {role: board.rows() for role, board in boards.items()},
        }
        self.stdout.write(json.dumps(outcome))


class Board:
    """One person's open board."""

    def __init__(self, user: object) -> None:
        self.url = reverse("campaigns:whistle_board")
        self.client = Client()
        self.client.force_login(user)
        self.version = ""

    def bare(self) -> None:
        _expect(self.client.get(reverse("bare_signed_in")), 204)

    def full(self) -> None:
        _expect(self._ask(""), 200)

    def poll(self) -> None:
        """Ask for news; when five minutes are over meanwhile, once more."""
        for _try in range(TRIES):
            response = self._ask(self.version)
            if response.status_code == 304:
                return
            self.version = response["ETag"]
        raise RuntimeError("the board never came to rest")

    def rows(self) -> int:
        return self._ask("").content.count(b'class="list-row"')

    def _ask(self, version: str) -> object:
        headers = {"HX-Request": "true", "If-None-Match": version}
        return self.client.get(self.url, headers=headers)


def _expect(response: object, status: int) -> None:
    if response.status_code != status:
        raise RuntimeError(f"answered {response.status_code}, not {status}")


def _repeat(ask: Callable[[], None], times: int) -> None:
    for _time in range(times):
        ask()


def _queries(ask: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)
