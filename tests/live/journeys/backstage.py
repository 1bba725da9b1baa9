"""What others did before a journey begins, arranged in the database of its stack.

`Backstage` talks to this file run as a program: one Django for all journeys of a
worker, one line of JSON for each question and each answer; scenes are in `scenes.py`.
"""

import contextlib
import json
import subprocess
import sys
import traceback
from collections.abc import Iterator
from types import SimpleNamespace

from scripts.embedded_broker import broker_url, cache_url, socket_path
from scripts.layout import ROOT
from tests.live.stack import STOP_SECONDS, Stack, stack_settings


class Backstage:
    """Calls scenes by name: `backstage.neighbourhood()`; answers have attributes."""

    def __init__(self, program: subprocess.Popen) -> None:
        self._program = program

    def __getattr__(self, scene: str):
        def arrange(*about: object, **named: object) -> SimpleNamespace:
            asked = json.dumps([scene, about, named], default=vars)
            self._program.stdin.write(f"{asked}\n")
            self._program.stdin.flush()
            answer = json.loads(
                self._program.stdout.readline() or '{"error": "the program ended"}',
                object_hook=lambda found: SimpleNamespace(**found),
            )
            if hasattr(answer, "error"):
                raise AssertionError(f"{scene}: {answer.error}")
            return answer.value

        return arrange


@contextlib.contextmanager
def backstage_of(stack: Stack) -> Iterator[Backstage]:
    """A program beside the stack, on the same files and the same broker."""
    folder = stack.database.parent
    socket = socket_path(folder)
    settings = {
        "SITE_URL": stack.url,
        "CELERY_BROKER_URL": broker_url(socket),
        "REDIS_URL": cache_url(socket),
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.live.journeys.backstage"],
        cwd=ROOT,
        env={**stack_settings(folder), **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Backstage(program)
    finally:
        program.stdin.close()
        program.terminate()
        program.wait(STOP_SECONDS)
        program.stdout.close()


def main() -> None:
    """Answer each line until there are no more."""
    import django  # noqa: PLC0415 - only in the program

    django.setup()
    from django.db import connections  # noqa: PLC0415

    from tests.live.journeys import scenes  # noqa: PLC0415

    for line in sys.stdin:
        scene, about, named = json.loads(line)
        try:
            answer = {"value": getattr(scenes, scene)(*about, **named)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        connections.close_all()  # whoever waits to write need not wait for us
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
