"""How the commands talk: plain lines, and one clear line when they give up."""

import sys
from collections.abc import Callable


class Refusal(Exception):
    """The command cannot go on; the text is the one line the user sees."""


def say(line: str = "") -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def run_command(command: Callable[[], int]) -> int:
    """Run a command; a refusal becomes one line on stderr and exit code 1."""
    try:
        return command()
    except Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return 1
