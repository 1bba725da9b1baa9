"""Starts the portal as a real server on a database of its own.

Tables and static files are made once a run and copied.
"""

import contextlib
import fcntl
import functools
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts.health import is_healthy
from scripts.layout import ROOT
from scripts.ports import free_port
from tests.databases import (
    MIGRATED_DATABASE,
    MIGRATED_FILE,
    copy_database,
    copy_file,
    on_server,
)

START_SECONDS = 60
SYNC = ["--worker-class", "sync", "--workers", "2"]
THREADS = ["--worker-class", "gthread", "--workers", "2", "--threads", "8"]


@contextlib.contextmanager
def sqlite_database(folder: Path) -> Iterator[str]:
    """The URL of a fresh database file with all tables."""
    path = folder / "race.sqlite3"
    copy_file(MIGRATED_FILE or _prepared_file(), path)
    yield f"sqlite:///{path}"


@contextlib.contextmanager
def postgres_database(_folder: Path) -> Iterator[str]:
    """The URL of a fresh database with all tables on the test run's PostgreSQL."""
    server = os.environ["TEST_POSTGRES_URL"]
    name = f"race_{uuid.uuid4().hex[:12]}"
    copy_database(server, MIGRATED_DATABASE or _prepared_database(), name)
    try:
        yield _named(name)
    finally:
        on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def once_a_run(make: Callable[[], str]) -> Callable[[], str]:
    """Let the first process of a run make it; the others of xdist wait and take it."""

    @functools.cache
    def made() -> str:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
        if run is None:
            return make()
        path = Path(tempfile.gettempdir()) / f"{make.__name__.strip('_')}-{run}"
        with path.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                path.write_text(make())
        return path.read_text()

    return made


@once_a_run
def _prepared_file() -> str:
    """A database file with all tables."""
    path = Path(tempfile.mkdtemp(prefix="prepared-")) / "prepared.sqlite3"
    _prepare(f"sqlite:///{path}")
    return str(path)


@once_a_run
def _prepared_database() -> str:
    """The name of a database with all tables; gone with its server."""
    name = f"prepared_{uuid.uuid4().hex[:12]}"
    on_server(os.environ["TEST_POSTGRES_URL"], f'CREATE DATABASE "{name}"')
    _prepare(_named(name))
    return name


def _prepare(url: str) -> None:
    environment = portal_environment(url, Path(tempfile.gettempdir()), free_port())
    for command in (["migrate", "-v0"], ["createcachetable"]):
        run_python(["manage.py", *command], environment)


def _named(name: str) -> str:
    return f"{os.environ['TEST_POSTGRES_URL'].rpartition('/')[0]}/{name}"


@once_a_run
def static_root() -> str:
    """Where the collected static files are."""
    folder = Path(tempfile.mkdtemp(prefix="static-"))
    environment = _environment("sqlite:///:memory:", folder, free_port(), folder)
    run_python(["manage.py", "collectstatic", "--noinput", "-v0"], environment)
    return str(folder)


def portal_environment(database_url: str, folder: Path, port: int) -> dict[str, str]:
    """The environment of the portal's programs for this test."""
    return _environment(database_url, folder, port, static_root())


def _environment(
    database_url: str, folder: Path, port: int, static: str | Path
) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "xiangcheng_portal.settings",
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "DATABASE_URL": database_url,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "CSRF_TRUSTED_ORIGINS": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(static),
        "EMAIL_URL": "filemail://",
        "MAIL_OUTBOX": str(folder / "outbox"),
        "LOG_LEVEL": "ERROR",
    }


def run_python(arguments: list[str], environment: dict[str, str]) -> str:
    """Run a Python program of the project and return what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def web_server(
    options: list[str],
    environment: dict[str, str],
    port: int,
    application: str = "xiangcheng_portal.wsgi:application",
) -> Iterator[None]:
    """gunicorn on the port, stopped at the end."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", application),
            *("--bind", f"127.0.0.1:{port}", "--backlog", "512"),
            *("--preload", "--no-control-socket", "--graceful-timeout", "2"),
            *options,
        ],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not is_healthy("127.0.0.1", port):
            assert server.poll() is None, "gunicorn stopped"
            assert time.monotonic() < deadline, "gunicorn does not answer"
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(20)


__all__ = [
    "SYNC",
    "THREADS",
    "free_port",
    "portal_environment",
    "postgres_database",
    "run_python",
    "sqlite_database",
    "web_server",
]
