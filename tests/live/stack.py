"""The whole embedded stack, started as a newcomer would: `make run`."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.clean_environment import clean_environment
from scripts.embedded_secrets import secret_key
from scripts.layout import ROOT
from scripts.ports import free_port
from tests.databases import MIGRATED_FILE, copy_file

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


def stack_settings(folder: Path) -> dict[str, str]:
    """What a program finds that works on the files of a stack in this folder."""
    return clean_environment(
        DJANGO_SETTINGS_MODULE="xiangcheng_portal.settings",
        DATABASE_URL=f"sqlite:///{folder / 'portal.sqlite3'}",
        SECRET_KEY=secret_key(folder),
        DEMO_PASSWORD=PASSWORD,
        MEDIA_ROOT=str(folder / "media"),
        STATIC_ROOT=str(folder / "static"),
        CELERY_BROKER_URL="memory://",
        EMAIL_URL="filemail://",
        MAIL_OUTBOX=str(folder / "outbox"),
    )


def prepared_folder(shared: Path) -> Path:
    """A folder with all that a stack prepares at its first start, the people too.

    Made by the first who asks; others with the same `shared` wait and take it.
    """
    folder = shared / "prepared-stack"
    with folder.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = shared / "preparing-stack"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            if MIGRATED_FILE:
                copy_file(MIGRATED_FILE, draft / "portal.sqlite3")
            done = subprocess.run(
                [sys.executable, "manage.py", "prepare_embedded"],
                cwd=ROOT,
                env=stack_settings(draft),
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
            draft.rename(folder)
    return folder


@contextlib.contextmanager
def copied_stack(folder: Path, prepared: Path) -> Iterator[Stack]:
    """The stack on a copy of what was prepared: ready in seconds, all its own."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    with embedded_stack(folder) as stack:
        yield stack


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
