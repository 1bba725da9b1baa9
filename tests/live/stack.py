"""The whole embedded stack, started as a newcomer would: `make run`."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.clean_environment import clean_environment
from scripts.layout import ROOT
from scripts.ports import free_port

START_SECONDS = 180
STOP_SECONDS = 30
PASSWORD = "Journey-2026-demo"
BEAT_SECONDS = "3"


@dataclass(frozen=True)
class Stack:
    """A running portal: its process, address, where its mail lands, its database."""

    pid: int
    url: str
    outbox: Path
    database: Path
    output: str


@contextlib.contextmanager
def embedded_stack(folder: Path, **settings: str) -> Iterator[Stack]:
    """`make run` in a folder of its own; stopped by Ctrl-C at the end."""
    port = free_port()
    process = subprocess.Popen(
        ["sh", "scripts/with_python", "run"],
        cwd=ROOT,
        env=clean_environment(
            VAR_DIR=str(folder),
            PORT=str(port),
            DEMO_PASSWORD=PASSWORD,
            BEAT_SECONDS=BEAT_SECONDS,
            **settings,
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output = _read_until_ready(process)
        yield Stack(
            pid=process.pid,
            url=f"http://127.0.0.1:{port}",
            outbox=folder / "outbox",
            database=folder / "portal.sqlite3",
            output=output,
        )
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(STOP_SECONDS)
        process.stdout.close()


def _read_until_ready(process: subprocess.Popen) -> str:
    """Everything printed until the sign-ins are there."""
    lines: list[str] = []
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    for line in process.stdout:
        lines.append(line)
        if line.strip().startswith("Logs"):
            timer.cancel()
            return "".join(lines)
    timer.cancel()
    raise AssertionError("make run did not get ready:\n" + "".join(lines))
