"""Exports beside the bare writer and COPY: rounds in turn, with their aims."""

import json
from typing import TYPE_CHECKING

from bench.figures import load, show, show_ratio
from scripts.console import say

if TYPE_CHECKING:
    from bench.run import Bench

WAYS = (
    *("portal-xlsx", "bare-xlsx", "portal-csv", "bare-csv"),
    *("xlsx-small", "job-start", "page-2"),
)
MILLION = 1_000_000  # one round will do
LAST_ROUND_SECONDS = 900  # no further round begins after this
GROWTH_MIB = 16
FIRST_BYTE_MS = 100


def measure_exports(bench: "Bench", sizes: list[int]) -> None:
    """Each size in turn: grow the database, export every way, say what it took."""
    for size in sizes:
        rows = int(bench.manage("bench_export", "seed", f"--size={size}"))
        rounds = 1 if rows >= MILLION else bench.rounds
        _say(_rounds(bench, rounds), rows)


def _rounds(bench: "Bench", rounds: int) -> dict[str, list[dict]]:
    outcomes = {way: [] for way in WAYS}
    for done in range(rounds):
        if done and bench.elapsed > LAST_ROUND_SECONDS:
            say(f"stopped after {done} round(s) of exports to end in time")
            break
        for way, taken in outcomes.items():
            taken.append(json.loads(bench.manage("bench_export", way)))
    return outcomes


def _say(taken: dict[str, list[dict]], size: int) -> None:
    say(f"\nExport of {size:,} activities, 15 columns ({load()})")
    for way, rounds in taken.items():
        first = [each["first_byte"] * 1000 for each in rounds if "first_byte" in each]
        grown = [each["grown_kib"] / 1024 for each in rounds]
        say(
            f"  {way:<12} {show('wall', [each['wall'] for each in rounds], 's')}, "
            f"{show('CPU', [each['cpu'] for each in rounds], 's')}, "
            f"{show('grew', grown, 'MiB')}, {rounds[0]['bytes'] / 1e6:.2f} MB"
            + (f", {show('first byte', first, 'ms')}" if first else "")
        )
    # COPY's work is done by the server, so CPU is compared for XLSX only.
    for kind, spent, aim in (
        ("xlsx", "cpu", "<= 1.5"),
        ("xlsx", "wall", "<= 1.5"),
        ("csv", "wall", "<= 4"),
    ):
        ours = [each[spent] for each in taken[f"portal-{kind}"]]
        bare = [each[spent] for each in taken[f"bare-{kind}"]]
        say(f"  {kind:<4} portal : bare, {spent:<4} {show_ratio(ours, bare, aim)}")
    say(f"  aims: growth <= {GROWTH_MIB} MiB, first byte <= {FIRST_BYTE_MS} ms")
