"""A hot shift over HTTP: a crowd at one moment, and as many sign-ups as will go."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from bench.servers import KINDS, THREADS, web_server
from scripts.console import Refusal
from scripts.crowd import Person, Reply, at_once, percentile

CROWDS = ((200, 50), (500, 100))
CLIENTS = 16
STEADY = 800


def crowds(bench: Any) -> list[dict]:
    """Each crowd at each kind of server; refuses when a place was given twice."""
    taken = []
    for kind, options in KINDS.items():
        with web_server(options, bench.environment) as server:
            for people, places in CROWDS:
                taken.append(
                    {"kind": kind, **_crowd(bench, server.port, people, places)}
                )
    return taken


def _crowd(bench: Any, port: int, people: int, places: int) -> dict:
    made = json.loads(bench.manage("bench_crowd", str(people), str(places)))
    [shift] = made["shifts"]
    acts = [
        partial(Person(port, key).post, f"/shifts/{shift}/signup/")
        for key in made["sessions"]
    ]
    began = time.perf_counter()
    replies = at_once(acts)
    seconds = time.perf_counter() - began
    rows = json.loads(bench.manage("bench_crowd", "0", f"--count={shift}"))
    waiting = list(range(1, people - places + 1))
    expected = {"confirmed": places, "positions": waiting, "taken": places}
    statuses = Counter(reply.status for reply in replies)
    if rows != expected or statuses != {302: people}:
        raise Refusal(f"{people} people, {places} places: {statuses}, {rows}")
    return {
        "people": people,
        "places": places,
        "seconds": seconds,
        "p95": percentile(replies, 0.95),
    }


def steady(bench: Any) -> dict[str, list[dict]]:
    """Sign-ups a second and CPU of each: bare, one shift each, all for one shift."""
    outcomes: dict[str, list[dict]] = {"bare": [], "portal": [], "hot": []}
    with web_server(THREADS, bench.environment) as server:
        for _round in range(bench.rounds):
            for name, taken in outcomes.items():
                made = json.loads(bench.manage("bench_crowd", str(STEADY), str(STEADY)))
                people = [Person(server.port, key) for key in made["sessions"]]
                acts = _acts(name, people, made, len(taken))
                cpu, began = server.cpu(), time.perf_counter()
                _in_turn(acts)
                seconds = time.perf_counter() - began
                taken.append(
                    {
                        "a_second": len(acts) / seconds,
                        "cpu": (server.cpu() - cpu) * 1000 / len(acts),
                    }
                )
    return outcomes


def _acts(
    name: str, people: list[Person], made: dict, turn: int
) -> list[Callable[[], Reply]]:
    if name == "hot":
        [shift] = made["shifts"]
        return [partial(p.post, f"/shifts/{shift}/signup/") for p in people]
    [first] = made["bare"]
    path = "/bare/shifts/{}/" if name == "bare" else "/shifts/{}/signup/"
    # Shift for shift along the list, each round further on: nobody comes twice.
    start = first + turn * len(people)
    return [partial(p.post, path.format(start + n)) for n, p in enumerate(people)]


def _in_turn(acts: Iterable[Callable[[], Reply]]) -> None:
    """So many clients work through the acts; refuses what was not done."""
    waiting, lock, failed = iter(acts), threading.Lock(), []

    def client() -> None:
        while True:
            with lock:
                act = next(waiting, None)
            if act is None:
                return
            if (reply := act()).status != 302:
                failed.append(reply.status)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise Refusal(f"sign-ups failed: {Counter(failed)}")
