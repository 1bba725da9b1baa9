"""`make check`: the linters and Django's own checks, all of them every time."""

import subprocess
import sys
import time

from scripts.clean_environment import tests_environment
from scripts.console import Refusal, run_command, say
from scripts.layout import PYTHON, REQUIREMENTS, ROOT, TEST_REQUIREMENTS, VENV
from scripts.virtualenv import ensure_installed

STEPS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format --check": ["-m", "ruff", "format", "--check", "."],
    "djlint": ["-m", "djlint", "--lint", "--quiet", "templates"],
    "lint-imports": [VENV / "bin" / "lint-imports"],
    "migrations are complete": [
        "manage.py", "makemigrations", "--check", "--dry-run"
    ],
    "manage.py check": ["manage.py", "check", "--fail-level", "WARNING"],
}  # fmt: skip


def main() -> int:
    ensure_installed(REQUIREMENTS, TEST_REQUIREMENTS)
    ensure_checks_pass()
    return 0


def ensure_checks_pass() -> None:
    """Run every step; refuse at the end with the names of those that failed."""
    failed = [name for name, arguments in STEPS.items() if not _passes(name, arguments)]
    if failed:
        raise Refusal(f"Checks that failed: {', '.join(failed)}")


def _passes(name: str, arguments: list) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        [PYTHON, *arguments],
        cwd=ROOT,
        env=tests_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    verdict = "FAILED" if done.returncode else "ok"
    say(f"{name:<26}{verdict:<8}{time.monotonic() - began:4.1f} s")
    if done.returncode:
        say(done.stdout.rstrip())
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(run_command(main))
