"""`make test`: every check and test, on servers of its own."""

import sys

from scripts.check import ensure_checks_pass
from scripts.clean_environment import tests_environment
from scripts.console import run_command, say
from scripts.layout import REQUIREMENTS, TEST_REQUIREMENTS
from scripts.private_servers import private_servers
from scripts.pytest_runs import TestsFailed, ensure_tests_pass
from scripts.stop_signals import Stopped, StopSignals
from scripts.system_packages import ensure_system_packages
from scripts.virtualenv import ensure_installed

ON_SQLITE = ["-n", "2", "-m", "not live and not faults"]
# What says the same on any database has run on SQLite just before (tests/conftest.py).
ON_POSTGRES = ["-n", "2", "-m", "not live and not faults and not any_database"]
# Programs of each module by themselves, so modules may run side by side.
LIVE = ["-n", "2", "--dist", "loadscope", "-m", "live"]
LIVE_FOLDER = "tests/live"


def main() -> int:
    """Set up what is missing, then run all; the first failure ends it."""
    StopSignals()
    try:
        ensure_system_packages("test")
        ensure_installed(REQUIREMENTS, TEST_REQUIREMENTS)
        ensure_checks_pass()
        with private_servers() as servers:
            run_tests(servers, sys.argv[1:])
    except TestsFailed:
        return 1
    except Stopped:
        say("Stopped.")
        return 130
    return 0


def run_tests(servers: dict[str, str], chosen: list[str]) -> None:
    """The tests on SQLite, on PostgreSQL, and those of the running stack.

    The arguments of the user go to all three; without any, the last part reads only
    its own folder; `make sweep` looks at every page. The last line is pytest's own.
    """
    on_sqlite = tests_environment(**servers)
    on_postgres = tests_environment(
        **servers, DATABASE_URL=servers["TEST_POSTGRES_URL"]
    )
    for title, arguments, environment in [
        ("Tests on SQLite", ON_SQLITE, on_sqlite),
        ("Tests on PostgreSQL", ON_POSTGRES, on_postgres),
        (
            "Tests of the running stack and in the browser",
            [*LIVE, *([] if chosen else [LIVE_FOLDER])],
            on_sqlite,
        ),
    ]:
        ensure_tests_pass(
            title, [*arguments, *chosen], environment, may_be_empty=bool(chosen)
        )


if __name__ == "__main__":
    sys.exit(run_command(main))
