"""`make sweep`: every page × every role × two widths, nothing left out, and a table.

`make test` looks once at what looks the same for several roles; this looks at all.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from scripts.clean_environment import tests_environment
from scripts.console import run_command
from scripts.layout import ROOT

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope"]
TESTS = "tests/sweep/test_pages.py"
HEADINGS = ("role", "pages", "looks", "axe", "wide", "policy", "words", "other")
KINDS = {"axe": "axe ", "wide": "px too wide", "policy": "policy ", "words": "English"}


def main() -> int:
    """Look at everything; 1 when something is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.jsonl"
        environment = tests_environment(SWEEP_ALL="1", SWEEP_LINES=str(lines))
        status = subprocess.run(
            [*PYTEST, TESTS, *sys.argv[1:]], cwd=ROOT, env=environment, check=False
        ).returncode
        text = lines.read_text("utf-8") if lines.exists() else ""
    print(table([json.loads(line) for line in text.splitlines()]))
    return 1 if status else 0


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
