"""`make bench`: the portal side by side with the bare thing, on a PostgreSQL of ours.

Prints medians and ranges of the rounds, ratios, and the machine's load. CPU is that
of the Python process, so that a busy machine disturbs less; wall time stands beside.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import load, show, show_ratio
from bench.whistle_board import say_boards
from scripts.clean_environment import clean_environment
from scripts.console import Refusal, run_command, say
from scripts.layout import PYTHON, ROOT
from scripts.private_postgres import private_postgres

ROUNDS = 3
LIMIT_SECONDS = 600
LAST_ROUND_SECONDS = 240  # no further round of exports begins after this
WHISTLES = (100, 2_500)
SMALL, MIDDLE, LARGE = 100, 10_000, 100_000
WAYS = ("portal-xlsx", "bare-xlsx", "portal-csv", "bare-csv")


def main() -> int:
    options = _options()
    say(f"{os.cpu_count()} CPUs, Python {platform.python_version()}, {load()}")
    with private_postgres() as url, tempfile.TemporaryDirectory() as folder:
        bench = Bench(url, Path(folder), options.rounds)
        bench.manage("migrate", "--run-syncdb", "--verbosity=0")
        bench.manage("createcachetable")
        if options.boards:
            bench.manage("bench_seed", "0")
            say_boards(bench.boards())
            return 0
        small = bench.seeded(SMALL, "bench_pages")
        large = bench.seeded(options.size, "bench_pages")
        _say_pages(small, large, options.size)
        _say_signups(bench.measured("bench_signups"))
        say_boards(bench.boards())
        _say_exports(bench.exports(), options.size)
        _say_ledger(bench.ledgers())
        _say_progress(
            [bench.measured("bench_progress", str(size)) for size in (MIDDLE, LARGE)]
        )
        say(f"took {bench.elapsed:.0f} s, {load()}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--size", type=int, default=LARGE)
    parser.add_argument(
        "--boards", action="store_true", help="only the boards of whistles"
    )
    return parser.parse_args()


class Bench:
    """Runs commands of the bench, each in a process of its own."""

    def __init__(self, database_url: str, folder: Path, rounds: int) -> None:
        self.began = time.monotonic()
        self.rounds = rounds
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
        self.manage("bench_seed", str(size))
        say(f"seeded {size:,} activities in {time.monotonic() - began:.0f} s")
        return self.measured(command)

    def boards(self) -> list[dict]:
        """The boards of whistles with few whistles, then with a year's."""
        return [self.measured("bench_whistles", str(size)) for size in WHISTLES]

    def exports(self) -> dict[str, list[dict]]:
        """Every way of exporting, round by round in turn, while there is time."""
        outcomes = {way: [] for way in WAYS}
        for done in range(self.rounds):
            if done and self.elapsed > LAST_ROUND_SECONDS:
                say(f"stopped after {done} round(s) of exports to end in time")
                break
            for way, taken in outcomes.items():
                taken.append(json.loads(self.manage("bench_export", way)))
        return outcomes

    def ledgers(self) -> dict[str, dict]:
        """The ledger with its photos once each way; it takes a minute or more."""
        self.manage("bench_ledger", "seed")
        return {
            way: json.loads(self.manage("bench_ledger", way))
            for way in ("bare", "portal")
        }


def _say_pages(small: dict, large: dict, size: int) -> None:
    say(f"\nList of shifts, signed in ({load()})")
    for count, page in ((SMALL, small), (size, large)):
        for name in ("bare", "first", "deep"):
            say(
                f"  {count:>7,} shifts, {name:<5} {page['rows'][name]} rows  "
                f"{show('CPU', page['cpu'][name], 'ms')}, "
                f"{show('wall', page['wall'][name], 'ms')}, "
                f"{page['queries'][name]} queries, {page['bytes'][name] / 1000:.0f} kB"
            )
    cpu, wall, before = large["cpu"], large["wall"], small["wall"]["first"]
    say(f"  first page : T50, CPU  {show_ratio(cpu['first'], cpu['bare'], '<= 1.0')}")
    say(f"  large : small, wall    {show_ratio(wall['first'], before, '<= 1.1')}")
    say(f"  deep : first, wall     {show_ratio(wall['deep'], wall['first'], '<= 1.2')}")


def _say_signups(taken: dict) -> None:
    say(f"\nSigning up: page, POST, next page ({load()})")
    for name in ("bare", "portal"):
        say(
            f"  {name:<7} {show('CPU', taken['cpu'][name], 'ms')}, "
            f"{show('wall', taken['wall'][name], 'ms')}"
        )
    ratio = show_ratio(taken["cpu"]["portal"], taken["cpu"]["bare"], "<= 2")
    say(f"  portal : S0, CPU        {ratio}   {taken['queries']} queries in all")


def _say_exports(taken: dict[str, list[dict]], size: int) -> None:
    say(f"\nExport of {size:,} activities ({load()})")
    for way, rounds in taken.items():
        first = [outcome.get("first_byte", 0.0) * 1000 for outcome in rounds]
        grown = [outcome["grown_kib"] / 1024 for outcome in rounds]
        say(
            f"  {way:<12} {show('wall', [o['wall'] for o in rounds], 's')}, "
            f"{show('CPU', [o['cpu'] for o in rounds], 's')}, "
            f"{show('grew', grown, 'MiB')}, {rounds[0]['bytes'] / 1e6:.1f} MB"
            + (f", {show('first byte', first, 'ms')}" if any(first) else "")
        )
    # COPY's work is done by the server, so CPU is compared for XLSX only.
    for kind, spent, aim in (
        ("xlsx", "cpu", "<= 1.5"),
        ("xlsx", "wall", "<= 1.5"),
        ("csv", "wall", "<= 4"),
    ):
        ours = [outcome[spent] for outcome in taken[f"portal-{kind}"]]
        bare = [outcome[spent] for outcome in taken[f"bare-{kind}"]]
        say(f"  {kind:<4} portal : bare, {spent:<4} {show_ratio(ours, bare, aim)}")


def _say_ledger(taken: dict[str, dict]) -> None:
    say(f"\nLedger as DOCX, 500 activities with 1,500 photos ({load()})")
    for way, spent in taken.items():
        say(
            f"  {way:<7} wall {spent['wall']:.1f} s, CPU {spent['cpu']:.1f} s, "
            f"grew {spent['grown_kib'] / 1024:.0f} MiB, {spent['bytes'] / 1e6:.1f} MB"
        )
    ratio = taken["portal"]["cpu"] / taken["bare"]["cpu"]
    say(f"  portal : Pillow shrinking the photos alone, CPU {ratio:.2f} x")


def _say_progress(taken: list[dict]) -> None:
    say(f"\nProgress matrix of the district, 5 pillars ({load()})")
    for page in taken:
        cpu, wall = page["cpu"], page["wall"]
        say(
            f"  {page['approved']:>7,} approved, {page['units']} units  "
            f"{show('CPU', cpu['matrix'], 'ms')}, {show('wall', wall['matrix'], 'ms')}"
            f", {page['queries']} queries; T50 {show('CPU', cpu['bare'], 'ms')}"
        )
        if page["counted"] != page["approved"]:
            raise Refusal(f"the matrix counts {page['counted']}")


if __name__ == "__main__":
    sys.exit(run_command(main))
