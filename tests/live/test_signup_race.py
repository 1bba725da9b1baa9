"""Crowds sign up over HTTP, against real servers.

500 people want 100 places at once: exactly 100 are confirmed and 400 wait at
positions 1 to 400, with no 5xx. 100 sign up while 50 cancel and an editor changes the
capacity from 100 to 80 to 120. One person sends the same form 50 times. On PostgreSQL
with sync workers and with threads, and in the embedded set-up. The first check fails
when the lock is taken away.
"""

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts.crowd import Person, Reply, at_once, percentile
from tests.live.editor import change_capacity
from tests.live.servers import (
    SYNC,
    THREADS,
    free_port,
    portal_environment,
    postgres_database,
    run_python,
    sqlite_database,
    web_server,
)

PEOPLE, PLACES = 500, 100
FEW_PEOPLE, FEW_PLACES = 200, 50  # enough to go wrong without the lock
HELD, CANCELLING, COMING = 90, 50, 100
IDENTICAL = 50
UNLOCKED = "tests.live.unlocked_wsgi:application"


@dataclass(frozen=True)
class Crowd:
    """People signed in at a running portal, and what it holds."""

    port: int
    made: dict
    environment: dict[str, str]

    def sign_up(self, shift: str, number: int) -> Reply:
        person = Person(self.port, self.made["sessions"][number])
        return person.post(f"/shifts/{self.made[shift]}/signup/")

    def cancel(self, number: int) -> Reply:
        person = Person(self.port, self.made["sessions"][number])
        return person.post(f"/signups/{self.made['held'][number]}/cancel/")

    def edit(self, *capacities: int) -> Reply:
        editor = Person(self.port, self.made["editor"])
        for capacity in capacities:
            reply = change_capacity(editor, self.made["storm"], capacity)
            if reply.status != 302:
                break
        return reply

    def count(self, shift: str) -> dict:
        number = str(self.made[shift])
        program = ["-m", "tests.live.race_data", "count", number]
        return json.loads(run_python(program, self.environment))


@contextlib.contextmanager
def _portal(
    database, options: list[str], folder: Path, people: int, places: int, **extra: str
) -> Iterator[Crowd]:
    """A server on a fresh database, with a crowd."""
    port = free_port()
    with database(folder) as url:
        environment = portal_environment(url, folder, port)
        program = ["-m", "tests.live.race_data", "make", str(people), str(places)]
        made = json.loads(run_python(program, environment))
        with web_server(options, environment, port, **extra):
            yield Crowd(port, made, environment)


def _fill(crowd: Crowd) -> SimpleNamespace:
    """Everybody wants a place in the hot shift."""
    people = range(len(crowd.made["sessions"]))
    replies = at_once([partial(crowd.sign_up, "hot", n) for n in people])
    return SimpleNamespace(
        statuses=Counter(reply.status for reply in replies),
        rows=crowd.count("hot"),
        p95=percentile(replies, 0.95),
    )


def _check_filled(outcome: SimpleNamespace, people: int, places: int) -> None:
    assert outcome.statuses == {302: people}
    assert outcome.rows == {
        "confirmed": places,
        "placed": places,
        "positions": list(range(1, people - places + 1)),
        "cancelled": 0,
        "people": people,
        "kept": people,
        "taken": places,
        "waiting": people - places,
        "capacity": places,
        "audit": people,
        "inbox": people,
    }


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((postgres_database, SYNC), id="postgres-sync"),
        pytest.param((postgres_database, THREADS), id="postgres-threads"),
        pytest.param((sqlite_database, THREADS), id="embedded"),
    ],
)
def crowd(request, tmp_path_factory):
    database, options = request.param
    folder = tmp_path_factory.mktemp("race")
    with _portal(database, options, folder, PEOPLE, PLACES) as crowd:
        yield crowd


def test_signup_race_fills_exactly_the_places(crowd, request):
    outcome = _fill(crowd)

    print(f"{request.node.name}: 95 of 100 answered within {outcome.p95:.2f} s")
    _check_filled(outcome, PEOPLE, PLACES)


def test_signups_cancels_and_an_editor_at_once_leave_counts_that_agree(crowd):
    newcomers = range(HELD, HELD + COMING)

    replies = at_once(
        [partial(crowd.sign_up, "storm", n) for n in newcomers]
        + [partial(crowd.cancel, n) for n in range(CANCELLING)]
        + [partial(crowd.edit, 80, 120)]
    )

    rows = crowd.count("storm")
    assert Counter(reply.status for reply in replies) == {302: len(replies)}
    assert (rows["capacity"], rows["cancelled"]) == (120, CANCELLING)
    assert rows["kept"] == rows["people"] == HELD + COMING - CANCELLING
    assert rows["taken"] == rows["placed"] <= rows["capacity"]
    assert rows["waiting"] == len(rows["positions"]) == rows["kept"] - rows["placed"]
    # 140 people, 120 places: nobody waits for a place that is free.
    assert rows["taken"] == rows["capacity"]


def test_one_person_sending_the_form_fifty_times_is_signed_up_once(crowd):
    replies = at_once([partial(crowd.sign_up, "single", 0)] * IDENTICAL)

    rows = crowd.count("single")
    statuses = Counter(reply.status for reply in replies)
    assert statuses == {302: 1, 409: IDENTICAL - 1}
    assert (rows["kept"], rows["taken"], rows["audit"], rows["inbox"]) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    "database", [postgres_database, sqlite_database], ids=["postgres", "embedded"]
)
def test_signup_race_without_the_lock_goes_wrong(database, tmp_path):
    with _portal(
        database, THREADS, tmp_path, FEW_PEOPLE, FEW_PLACES, application=UNLOCKED
    ) as crowd:
        outcome = _fill(crowd)

    with pytest.raises(AssertionError):
        _check_filled(outcome, FEW_PEOPLE, FEW_PLACES)
