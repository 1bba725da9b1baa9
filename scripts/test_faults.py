"""`make test-faults`: what the portal does when its programs and servers fail.

Each test starts workers, beats, a Redis and a mail server of its own and breaks them.
Most of the time is waiting, so two run side by side; with a third on two cores they
would time each other.
"""

import sys

from scripts.clean_environment import tests_environment
from scripts.console import run_command, say
from scripts.layout import REQUIREMENTS, TEST_REQUIREMENTS
from scripts.private_servers import private_servers
from scripts.pytest_runs import TestsFailed, ensure_tests_pass
from scripts.stop_signals import Stopped, StopSignals
from scripts.system_packages import ensure_system_packages
from scripts.virtualenv import ensure_installed

SIDE_BY_SIDE = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
FAULTS = [*SIDE_BY_SIDE, "-m", "faults"]
FOLDER = "tests/faults"


def main() -> int:
    """Set up what is missing, then break things; pytest's table of figures is last."""
    StopSignals()
    try:
        ensure_system_packages("test")
        ensure_installed(REQUIREMENTS, TEST_REQUIREMENTS)
        with private_servers() as servers:
            ensure_tests_pass(
                "Tests of faults",
                [*FAULTS, *(sys.argv[1:] or [FOLDER])],
                tests_environment(**servers),
                may_be_empty=False,
            )
    except TestsFailed:
        return 1
    except Stopped:
        say("Stopped.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
