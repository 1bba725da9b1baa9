"""`make sweep`: every page of every role at two widths in a browser, and a table.

What looks the same for several roles is looked at once; `make sweep ARGS=--all` leaves
nothing out.
"""

import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from scripts.clean_environment import tests_environment
from scripts.console import run_command, say
from scripts.layout import REQUIREMENTS, TEST_REQUIREMENTS
from scripts.pytest_runs import TestsFailed, ensure_tests_pass
from scripts.stop_signals import Stopped, StopSignals
from scripts.system_packages import ensure_system_packages
from scripts.virtualenv import ensure_installed

SWEEP = ["-n", "2", "--dist", "loadscope", "-m", "live"]
FOLDER = "tests/sweep"
HEADINGS = ("role", "pages", "looks", "axe", "wide", "policy", "words", "other")
KINDS = {"axe": "axe ", "wide": "px too wide", "policy": "policy ", "words": "English"}


def main() -> int:
    """Set up what is missing, then look; 1 when something is wrong."""
    StopSignals()
    given = sys.argv[1:]
    chosen = [argument for argument in given if argument != "--all"]
    try:
        ensure_system_packages("test")
        ensure_installed(REQUIREMENTS, TEST_REQUIREMENTS)
        look_at_pages(chosen or [FOLDER], everything="--all" in given)
    except TestsFailed:
        return 1
    except Stopped:
        say("Stopped.")
        return 130
    return 0


def look_at_pages(chosen: list[str], *, everything: bool) -> None:
    """The tests, then the table of what they looked at, whatever they found."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.jsonl"
        environment = tests_environment(
            SWEEP_ALL="1" if everything else "", SWEEP_LINES=str(lines)
        )
        try:
            ensure_tests_pass(
                "Every page in the browser",
                [*SWEEP, *chosen],
                environment,
                may_be_empty=False,
            )
        finally:
            text = lines.read_text("utf-8") if lines.exists() else ""
            say(table([json.loads(line) for line in text.splitlines()]))


def table(visits: list[dict]) -> str:
    """A line for each role: pages, looks at them, and faults by kind."""
    roles: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for visit in visits:
        for row in (roles[visit["role"]], roles["together"]):
            row["pages"] += 1
            row["looks"] += visit["looks"]
            for _width, fault in visit["found"]:
                row[kind_of(fault)] += 1
    together = roles.pop("together", {})
    rows = [*sorted(roles.items()), ("together", together)]
    lines = ["".join(f"{heading:>11}" for heading in HEADINGS)]
    for role, row in rows:
        numbers = "".join(f"{row.get(name, 0):>11}" for name in HEADINGS[1:])
        lines.append(f"{role:>11}{numbers}")
    return "\n".join(lines)


def kind_of(fault: str) -> str:
    """Which column of the table a fault stands in."""
    return next((kind for kind, sign in KINDS.items() if sign in fault), "other")


if __name__ == "__main__":
    sys.exit(run_command(main))
