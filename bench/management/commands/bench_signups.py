"""Signing up (page, POST, next page) against the lean sign-up S0."""

import json
from itertools import count, cycle

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Notification, User
from bench.bare_app.models import BareShift, BareSignup
from bench.figures import spend
from core.models import AuditEntry
from volunteers.models import Shift, Signup

PEOPLE = 20
SIGNUPS = 60


class Command(BaseCommand):
    help = "Measure sign-ups with audit and inbox row; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: object, rounds: int, **options: object) -> None:
        self.clients = cycle(_clients())
        self.shifts = _far_apart(Shift)
        self.bare_shifts = _far_apart(BareShift)
        self._portal(PEOPLE)
        self._bare(PEOPLE)
        cpu = {"bare": [], "portal": []}
        wall = {"bare": [], "portal": []}
        for _round in range(rounds):
            for name, work in (("bare", self._bare), ("portal", self._portal)):
                spent = spend(lambda work=work: work(SIGNUPS))
                cpu[name].append(spent.cpu * 1000 / SIGNUPS)
                wall[name].append(spent.wall * 1000 / SIGNUPS)
        with CaptureQueriesContext(connection) as queries:
            self._portal(1)
        _check(PEOPLE + SIGNUPS * rounds + 1)
        self.stdout.write(
            json.dumps({"cpu": cpu, "wall": wall, "queries": len(queries)})
        )

    def _portal(self, times: int) -> None:
        for _time in range(times):
            page = f"/shifts/{next(self.shifts)}/"
            _sign_up(next(self.clients), page, f"{page}signup/")

    def _bare(self, times: int) -> None:
        for _time in range(times):
            page = f"/bare/shifts/{next(self.bare_shifts)}/"
            _sign_up(next(self.clients), page, page)


def _sign_up(client: Client, page: str, action: str) -> None:
    client.get(page)
    token = client.cookies["csrftoken"].value
    answer = client.post(action, {"csrfmiddlewaretoken": token})
    if answer.status_code != 302:
        raise RuntimeError(f"{action} answered {answer.status_code}")
    client.get(answer.url)


def _clients() -> list[Client]:
    clients = []
    for user in User.objects.filter(username__in=[f"bench{n}" for n in range(PEOPLE)]):
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        clients.append(client)
    return clients


def _far_apart(model: type) -> count:
    """Ids of shifts, each used once; neighbours do not share time."""
    first = model.objects.order_by("pk").values_list("pk", flat=True)[1000]
    return count(first, 7)


def _check(expected: int) -> None:
    """What was measured really happened."""
    users = [f"bench{n}" for n in range(PEOPLE)]
    made = Signup.objects.filter(volunteer__user__username__in=users)
    noted = Notification.objects.filter(kind="signup_made")
    logged = AuditEntry.objects.filter(verb="volunteers.signup_confirmed")
    figures = {made.count(), noted.count(), logged.count(), expected}
    if len(figures) > 1 or BareSignup.objects.count() != expected - 1:
        raise RuntimeError(f"sign-ups, messages and audit lines differ: {figures}")
