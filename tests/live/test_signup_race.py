"""200 people want 50 places at once, over HTTP, against real servers.

Exactly 50 are confirmed and 150 wait at positions 1 to 150, with no 5xx: on
PostgreSQL with sync workers and with threads, and in the embedded set-up. The same
check fails when the lock is taken away.
"""

import http.client
import json
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

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

PEOPLE, PLACES = 200, 50
TOKEN = "a" * 32
UNLOCKED = "tests.live.unlocked_wsgi:application"


def _race(port: int, shift: int, sessions: list[str]) -> tuple[Counter, float]:
    """All people post at the same moment; statuses and seconds until the last."""
    statuses: list[int] = []
    start = threading.Barrier(len(sessions) + 1)
    threads = [
        threading.Thread(target=_post, args=(port, shift, key, start, statuses))
        for key in sessions
    ]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    return Counter(statuses), time.monotonic() - began


def _post(
    port: int, shift: int, key: str, start: threading.Barrier, statuses: list[int]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    headers = {
        "Cookie": f"sessionid={key}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = f"csrfmiddlewaretoken={TOKEN}"
    start.wait()
    try:
        connection.request("POST", f"/shifts/{shift}/signup/", body, headers)
        statuses.append(connection.getresponse().status)
    except OSError:
        statuses.append(0)
    finally:
        connection.close()


def _run(
    database, options: list[str], folder: Path, application: str | None = None
) -> tuple[Counter, dict]:
    """Start a server on a fresh database, race, and count the rows."""
    port = free_port()
    with database(folder) as url:
        environment = portal_environment(url, folder, port)
        made = json.loads(
            run_python(
                ["-m", "tests.live.race_data", "make", str(PEOPLE), str(PLACES)],
                environment,
            )
        )
        extra = {"application": application} if application else {}
        with web_server(options, environment, port, **extra):
            statuses, seconds = _race(port, made["shift"], made["sessions"])
        rows = json.loads(
            run_python(
                ["-m", "tests.live.race_data", "count", str(made["shift"])], environment
            )
        )
    print(f"{database.__name__} {options[1]}: {dict(statuses)} in {seconds:.2f} s")
    return statuses, rows


def _check(statuses: Counter, rows: dict) -> None:
    assert statuses == {302: PEOPLE}
    assert rows == {
        "confirmed": PLACES,
        "positions": list(range(1, PEOPLE - PLACES + 1)),
        "taken": PLACES,
        "waiting": PEOPLE - PLACES,
        "audit": PEOPLE,
        "inbox": PEOPLE,
    }


@pytest.mark.parametrize(
    ("database", "options"),
    [
        pytest.param(postgres_database, SYNC, id="postgres-sync"),
        pytest.param(postgres_database, THREADS, id="postgres-threads"),
        pytest.param(sqlite_database, THREADS, id="embedded"),
    ],
)
def test_signup_race_fills_exactly_the_places(database, options, tmp_path):
    statuses, rows = _run(database, options, tmp_path)

    _check(statuses, rows)


@pytest.mark.parametrize(
    "database", [postgres_database, sqlite_database], ids=["postgres", "embedded"]
)
def test_signup_race_without_the_lock_goes_wrong(database, tmp_path):
    statuses, rows = _run(database, THREADS, tmp_path, application=UNLOCKED)

    with pytest.raises(AssertionError):
        _check(statuses, rows)
