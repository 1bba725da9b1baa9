"""A portal whose parts can be broken: database, broker, mail server, programs."""

import contextlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.mail_sink import MailSink
from tests.faults.redis_server import FragileRedis
from tests.faults.rows import Rows
from tests.faults.supervisor import Supervised
from tests.live.servers import free_port, portal_environment, run_python

TICK_SECONDS = 0.2


@dataclass(frozen=True)
class Portal:
    """The parts of a running portal, each to be broken by itself."""

    folder: Path
    port: int
    environment: dict[str, str]
    rows: Rows
    redis: FragileRedis
    sink: MailSink

    def make(self, *arguments: object) -> object:
        """Run tests/faults/data.py; what it prints."""
        program = ["-m", "tests.faults.data", *map(str, arguments)]
        return json.loads(run_python(program, self.environment))

    def worker(self, name: str = "worker") -> Supervised:
        return self._celery(name, "worker", "--concurrency", "2", "-n", f"{name}@%h")

    def beat(self, name: str = "beat") -> Supervised:
        return self._celery(name, "beat")

    def log(self, name: str) -> str:
        """What a program has said."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _celery(self, name: str, *arguments: str) -> Supervised:
        command = [sys.executable, "-m", "celery", "-A", "xiangcheng_portal"]
        return Supervised(
            [*command, *arguments], self.environment, self.folder / f"{name}.log"
        )


@contextlib.contextmanager
def fragile_portal(database, folder: Path, **settings: str) -> Iterator[Portal]:
    """A database, a Redis and a mail server of its own; programs are started later."""
    port = free_port()
    redis, sink = FragileRedis(folder), MailSink(folder / "mail")
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(database(folder))
        stack.callback(redis.stop)
        redis.start()
        stack.callback(sink.kill)
        sink.start()
        environment = {
            **portal_environment(url, folder, port),
            "CELERY_BROKER_URL": redis.url,
            "EMAIL_URL": sink.url,
            "BEAT_SECONDS": "5",
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        yield Portal(folder, port, environment, Rows(url), redis, sink)


def wait_until(is_so: Callable[[], bool], *, seconds: float, what: str) -> float:
    """Wait for something; returns after how many seconds it was so."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, f"after {seconds} s not yet: {what}"
        time.sleep(TICK_SECONDS)
    return time.monotonic() - began


def seeded_chance() -> random.Random:
    """Chance that can be had again: FAULT_SEED; the seed is printed."""
    seed = int(os.environ.get("FAULT_SEED") or random.randrange(10**6))
    print(f"FAULT_SEED={seed}")
    return random.Random(seed)
