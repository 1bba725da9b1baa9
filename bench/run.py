"""`make bench`: the portal side by side with the bare thing, on a PostgreSQL of ours.

Prints medians and ranges of the rounds, ratios, and the machine's load. CPU is that
of the Python process, so that a busy machine disturbs less; wall time stands beside.
"""

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.exports import measure_exports
from bench.figures import load
from bench.plain_sql import plain_sign_ups
from bench.reminders import measure_reminders
from bench.rush import crowds, steady
from bench.say import (
    say_crowds,
    say_ledger,
    say_pages,
    say_progress,
    say_signups,
    say_steady,
)
from bench.say_coverage import say_coverage
from bench.whistle_board import say_boards
from scripts.clean_environment import clean_environment
from scripts.console import Refusal, run_command, say
from scripts.layout import PYTHON, ROOT
from scripts.private_postgres import private_postgres

ROUNDS = 3
LIMIT_SECONDS = 1800
WHISTLES = (100, 2_500)
A_SHIFT = 10  # sign-ups, so 1 million at 100,000 shifts
SMALL, MIDDLE, LARGE, HUGE = 100, 10_000, 100_000, 1_000_000


def main() -> int:
    options = _options()
    say(f"{os.cpu_count()} CPUs, Python {platform.python_version()}, {load()}")
    if options.coverage:
        with fresh_bench(options.rounds) as bench:
            _coverage(bench, options.most)
        return 0
    if options.exports:
        with fresh_bench(options.rounds) as bench:
            measure_exports(bench, _steps(LARGE, HUGE, most=options.most))
            say(f"took {bench.elapsed:.0f} s, {load()}")
        return 0
    if not (options.boards or options.shifts):
        with fresh_bench(options.rounds) as bench:
            measure_reminders(bench, options.size)
    if options.reminders:
        return 0
    with fresh_bench(options.rounds) as bench:
        if options.boards:
            bench.manage("bench_seed", "0")
            say_boards(bench.boards())
            return 0
        _shifts(bench, options.size)
        if not options.shifts:
            _the_rest(bench, options.size)
        say(f"took {bench.elapsed:.0f} s, {load()}")
    return 0


def _shifts(bench: "Bench", size: int) -> None:
    """Finding a shift and signing up, from few shifts to many, then in a crowd."""
    sizes = sorted({SMALL, min(MIDDLE, size), size})
    say_pages({count: bench.seeded(count, "bench_pages") for count in sizes})
    say_signups(bench.measured("bench_signups"))
    say_crowds(crowds(bench))
    rooms = ["5000"] * bench.rounds
    shifts = json.loads(bench.manage("bench_crowd", "0", *rooms))["shifts"]
    plain = [plain_sign_ups(bench.url, shift) for shift in shifts]
    say_steady(steady(bench), plain)


def _the_rest(bench: "Bench", size: int) -> None:
    """Boards, exports, ledger and progress."""
    say_boards(bench.boards())
    measure_exports(bench, [size])
    say_ledger(bench.ledgers())
    say_progress(
        [bench.measured("bench_progress", str(step)) for step in (MIDDLE, LARGE)]
    )


def _coverage(bench: "Bench", most: int) -> None:
    """The progress matrix with more and more activities."""
    steps = _steps(MIDDLE, LARGE, HUGE, most=most)
    say_coverage([bench.measured("bench_coverage", str(step)) for step in steps])
    say(f"took {bench.elapsed:.0f} s, {load()}")


def _steps(*sizes: int, most: int) -> list[int]:
    return sorted({min(size, most) for size in sizes})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--size", type=int, default=LARGE)
    parser.add_argument(
        "--boards", action="store_true", help="only the boards of whistles"
    )
    parser.add_argument(
        "--shifts", action="store_true", help="only finding shifts and signing up"
    )
    parser.add_argument(
        "--reminders", action="store_true", help="only planning and sending reminders"
    )
    parser.add_argument(
        "--coverage", action="store_true", help="only the progress matrix, to a million"
    )
    parser.add_argument(
        "--exports", action="store_true", help="only exports of reports, to a million"
    )
    parser.add_argument(
        "--most",
        type=int,
        default=HUGE,
        help="activities of --coverage and --exports at most",
    )
    return parser.parse_args()


@contextlib.contextmanager
def fresh_bench(rounds: int) -> Iterator["Bench"]:
    """A bench on an empty database of its own."""
    with private_postgres() as url, tempfile.TemporaryDirectory() as folder:
        bench = Bench(url, Path(folder), rounds)
        bench.manage("migrate", "--run-syncdb", "--verbosity=0")
        bench.manage("createcachetable")
        yield bench


class Bench:
    """Runs commands of the bench, each in a process of its own."""

    def __init__(self, database_url: str, folder: Path, rounds: int) -> None:
        self.began = time.monotonic()
        self.rounds = rounds
        self.url = database_url
        self.folder = folder
        (folder / "static").mkdir()
        self.environment = clean_environment(
            DJANGO_SETTINGS_MODULE="bench.settings",
            DATABASE_URL=database_url,
            SECRET_KEY="only-for-the-bench-" + "x" * 50,
            SITE_URL="http://testserver",
            CELERY_BROKER_URL="memory://",
            EMAIL_URL="memorymail://",
            MEDIA_ROOT=str(folder / "media"),
            STATIC_ROOT=str(folder / "static"),
            LOG_LEVEL="ERROR",
            PYTHONPATH=str(ROOT),
        )

    @property
    def elapsed(self) -> float:
        """Seconds since the bench began."""
        return time.monotonic() - self.began

    def manage(self, *arguments: str) -> str:
        """Run a command of Django; returns what it printed."""
        try:
            done = subprocess.run(
                [PYTHON, ROOT / "manage.py", *arguments],
                cwd=self.folder,
                env=self.environment,
                capture_output=True,
                text=True,
                timeout=max(LIMIT_SECONDS - self.elapsed, 1),
            )
        except subprocess.TimeoutExpired as error:
            raise Refusal(
                f"{arguments[0]}: out of time, is the machine busy?"
            ) from error
        if done.returncode:
            raise Refusal(f"{arguments[0]} failed:\n{done.stderr.strip()}")
        return done.stdout

    def measured(self, command: str, *arguments: str) -> dict:
        rounds = f"--rounds={self.rounds}"
        return json.loads(self.manage(command, *arguments, rounds))

    def seeded(self, size: int, command: str) -> dict:
        """Grow the database, then measure."""
        began = time.monotonic()
        counted = self.manage("bench_seed", str(size), f"--signups={A_SHIFT}")
        say(
            f"seeded {size:,} shifts with {int(counted):,} sign-ups "
            f"in {time.monotonic() - began:.0f} s"
        )
        return self.measured(command)

    def boards(self) -> list[dict]:
        """The boards of whistles with few whistles, then with a year's."""
        return [self.measured("bench_whistles", str(size)) for size in WHISTLES]

    def ledgers(self) -> dict[str, dict]:
        """The ledger with its photos once each way; it takes a minute or more."""
        self.manage("bench_ledger", "seed")
        return {
            way: json.loads(self.manage("bench_ledger", way))
            for way in ("bare", "portal")
        }


if __name__ == "__main__":
    sys.exit(run_command(main))
