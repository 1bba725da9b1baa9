"""Redis is down, or frozen, for half a minute while people sign up over HTTP."""

import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest

from scripts.crowd import Person, Reply, at_once
from tests.faults.portal import Portal, fragile_portal, wait_until
from tests.live.servers import THREADS, postgres_database, web_server

PEOPLE, SIGN_INS, CALLED_OFF = 300, 30, 15
OUTAGE_SECONDS = 30
LONGEST_REQUEST_SECONDS = 5
DELIVERED_SECONDS = 120
FINE = {200, 302, 503}


@pytest.mark.parametrize(
    ("breaks", "mends"), [("kill", "start"), ("freeze", "thaw")], ids=["down", "frozen"]
)
def test_signups_with_redis_away_for_30_seconds_are_stored_and_told(
    breaks, mends, tmp_path, figures
):
    with fragile_portal(postgres_database, tmp_path) as portal:
        made = portal.make("visitors", PEOPLE, CALLED_OFF)
        with (
            web_server(THREADS, portal.environment, portal.port),
            portal.worker(),
            portal.beat(),
        ):
            _wait_until_all_works(portal)
            getattr(portal.redis, breaks)()
            signups, sign_ins, called_off = _half_a_minute(portal, made)
            getattr(portal.redis, mends)()
            seconds = wait_until(
                lambda: portal.sink.count() >= PEOPLE + CALLED_OFF,
                seconds=DELIVERED_SECONDS,
                what="all mails sent",
            )
            inbox = portal.rows.inbox("signup_made")
            told = portal.rows.inbox("shift_cancelled")
            arrived = portal.sink.recipients()

    slowest = _slowest([*signups, *sign_ins, *called_off])
    figures("sign-ups by status", _statuses(signups))
    figures("sign-ins by status", _statuses(sign_ins))
    figures("shifts called off by status", _statuses(called_off))
    figures("slowest sign-up, seconds", f"{_slowest(signups):.2f}")
    figures("slowest sign-in, seconds", f"{_slowest(sign_ins):.2f}")
    figures("slowest calling off, seconds", f"{_slowest(called_off):.2f}")
    figures("mails arrived", sum(arrived.values()))
    figures("seconds from Redis being back to all told", f"{seconds:.0f}")
    assert _statuses(signups) == {302: PEOPLE}
    assert _statuses(called_off) == {302: CALLED_OFF + 1}
    assert set(_statuses(sign_ins)) <= FINE
    assert slowest < LONGEST_REQUEST_SECONDS
    assert set(inbox.values()) == set(told.values()) == set(arrived.values()) == {1}
    assert (len(inbox), len(told)) == (PEOPLE, PEOPLE + CALLED_OFF)
    assert len(arrived) == PEOPLE + CALLED_OFF


def _wait_until_all_works(portal: Portal) -> None:
    """Beat and worker have met, and each thread of the web server has answered."""
    visitor = Person(portal.port, "")
    at_once([partial(visitor.get, "/accounts/login/")] * 32)
    wait_until(
        lambda: portal.rows.has_finished("accounts.sweep"),
        seconds=60,
        what="beat and worker at work",
    )


def _half_a_minute(
    portal: Portal, made: dict
) -> tuple[list[Reply], list[Reply], list[Reply]]:
    """Sign-ups, sign-ins, and shifts that are called off, spread over the outage.

    Calling a shift off rings the bell. At the end that all signed up for is, too.
    """
    began = time.monotonic()

    def at(second: float, act, *arguments) -> Reply:
        time.sleep(max(0.0, began + second - time.monotonic()))
        return act(*arguments)

    def sign_up(session: str) -> Reply:
        return Person(portal.port, session).post(f"/shifts/{made['shift']}/signup/")

    def sign_in(_place: int) -> Reply:
        fields = {"login": "editor", "password": made["password"]}
        return Person(portal.port, "").post("/accounts/login/", fields)

    def call_off(shift: int) -> Reply:
        editor = Person(portal.port, made["editor"])
        return editor.post(f"/desk/shifts/{shift}/cancel/", {"reason": "示例原因"})

    with ThreadPoolExecutor(PEOPLE + SIGN_INS + CALLED_OFF) as pool:
        signups = _spread(at, pool, sign_up, made["sessions"])
        sign_ins = _spread(at, pool, sign_in, range(SIGN_INS))
        called_off = _spread(at, pool, call_off, made["others"])
    last = call_off(made["shift"])
    time.sleep(max(0.0, began + OUTAGE_SECONDS - time.monotonic()))
    return _results(signups), _results(sign_ins), [*_results(called_off), last]


def _spread(at, pool: ThreadPoolExecutor, act, whom) -> list[Future]:
    """Let everybody act in turn, over nine tenths of the outage."""
    whom = list(whom)
    step = OUTAGE_SECONDS * 0.9 / len(whom)
    return [pool.submit(at, step * place, act, one) for place, one in enumerate(whom)]


def _results(asked: list[Future]) -> list[Reply]:
    return [one.result() for one in asked]


def _slowest(replies: list[Reply]) -> float:
    return max(reply.seconds for reply in replies)


def _statuses(replies: list[Reply]) -> dict[int, int]:
    return dict(Counter(reply.status for reply in replies))
