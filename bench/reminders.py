"""Reminders planned and delivered, beside the bare things they are compared with."""

import contextlib
import json
import os
import signal
import smtplib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redis

from bench.figures import load, show, show_ratio
from scripts.console import Refusal, say
from scripts.layout import PYTHON, ROOT
from scripts.ports import free_port
from scripts.private_redis import private_redis

NOOPS = 6_000
START_SECONDS = 20


def measure_reminders(bench: Any, count: int) -> None:
    """Plan, route and send `count` reminders; prints the figures."""
    seeded = _step(bench, "seed", count)
    say(f"\n{count:,} reminders of {seeded['shifts']:,} shifts ({load()})")
    _say_planning(bench, count)
    with mail_sink() as sink:
        bench.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        _say_delivery(bench, count)
    _say_noops(_noops_a_second(), count)


def _say_planning(bench: Any, count: int) -> None:
    bare, plan, again = [], [], []
    for _round in range(bench.rounds):
        bare.append(_step(bench, "bare", count))
        plan.append(_step(bench, "plan", count))
        again.append(_step(bench, "again", count))
    for name, taken in (("bare", bare), ("plan", plan), ("again", again)):
        grown = [one["grown_kib"] / 1024 for one in taken]
        say(
            f"  {name:<6} {show('wall', [one['wall'] for one in taken], 's')}, "
            f"{show('CPU', [one['cpu'] for one in taken], 's')}, "
            f"{show('peak grew', grown, 'MiB')}"
        )
    walls = [[one["wall"] for one in taken] for taken in (plan, bare)]
    say(f"  plan : bare INSERT ... SELECT, wall  {show_ratio(*walls, '<= 1.5')}")


def _say_delivery(bench: Any, count: int) -> None:
    routed = _step(bench, "route", count)
    say(
        f"  route  wall {routed['wall']:.1f} s ({count / routed['wall']:.0f}/s), "
        f"CPU {routed['cpu']:.1f} s, peak grew {routed['grown_kib'] / 1024:.0f} MiB"
    )
    turns = _step(bench, "send", count)
    a_turn = count / len(turns["bare"])
    speeds = {}
    for name, spent in turns.items():
        speeds[name] = [a_turn / one["wall"] for one in spent]
        cpu = [one["cpu"] / a_turn * 1e6 for one in spent]
        grown = max(one["grown_kib"] for one in spent) / 1024
        say(
            f"  {name:<6} {show('', speeds[name], 'mails/s')}, "
            f"{show('CPU', cpu, 'us a mail')}, peak grew {grown:.0f} MiB"
        )
    ratio = show_ratio(speeds["portal"], speeds["bare"], ">= 0.8")
    say(f"  sender : one bare SMTP connection, turn by turn  {ratio}")


def _say_noops(a_second: float, count: int) -> None:
    say(
        f"  a bare Celery no-op on the same Redis: {a_second:.0f}/s, so one task a "
        f"mail would need {count / a_second:.0f} s before any mail went out"
    )


def _step(bench: Any, step: str, count: int) -> dict:
    return json.loads(bench.manage("bench_reminders", step, f"--count={count}"))


class Sink:
    """The running mail server of the bench."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port


@contextlib.contextmanager
def mail_sink() -> Iterator[Sink]:
    """Start the server that takes every mail; stopped at the end."""
    port = free_port()
    process = subprocess.Popen(
        [PYTHON, "-m", "bench.smtp_sink", str(port)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_until_listening(process, port)
        yield Sink(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=START_SECONDS)


def _wait_until_listening(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            smtplib.SMTP("127.0.0.1", port, timeout=1).quit()
            return
        time.sleep(0.1)
    raise Refusal("the mail sink did not start")


def _noops_a_second() -> float:
    """Tasks a second of one Celery process that do nothing, the queue being full."""
    with private_redis() as url:
        environment = {
            **os.environ,
            "CELERY_BROKER_URL": url,
            "PYTHONPATH": str(ROOT),
        }
        celery = [PYTHON, "-m", "celery", "-A", "bench.noop"]
        fill = f"from bench.noop import noop\nfor _ in range({NOOPS}): noop.delay()"
        subprocess.run([PYTHON, "-c", fill], cwd=ROOT, env=environment, check=True)
        worker = subprocess.Popen(
            [*celery, "worker", "--concurrency", "1", "--loglevel", "ERROR"],
            cwd=Path(ROOT),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return _drained(redis.Redis.from_url(url))
        finally:
            worker.terminate()
            worker.wait(START_SECONDS)


def _drained(queue: redis.Redis) -> float:
    """How fast the queue empties, from its first tenth to its last task."""
    while queue.llen("celery") > NOOPS * 0.9:
        time.sleep(0.005)
    left, began = queue.llen("celery"), time.perf_counter()
    while queue.llen("celery"):
        time.sleep(0.005)
    return left / (time.perf_counter() - began)
