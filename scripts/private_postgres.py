"""A PostgreSQL server of our own: fresh folder, free port, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from scripts.console import Refusal
from scripts.ports import free_port
from scripts.system_packages import find_postgres

SUPERUSER = "postgres"
DATABASE = "portal"
# The data lives for one test run: speed before safety, room for race tests.
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "timezone": "UTC",
}


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """Start the server; yields the URL of an empty database in it."""
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    data = folder / "data"
    port = free_port()
    try:
        _give_to_server_user(folder)
        _initialise(data)
        try:
            _start(data, port)
            url = f"postgres://{SUPERUSER}@127.0.0.1:{port}/{DATABASE}"
            create_database(url, DATABASE)
            yield url
        finally:
            _stop(data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(server: str, name: str) -> None:
    """Make an empty database on the server behind the URL."""
    port = str(urlsplit(server).port)
    _run("createdb", "-h", "127.0.0.1", "-p", port, "-U", SUPERUSER, name)


def _initialise(data: Path) -> None:
    _run(
        "initdb",
        *("--pgdata", str(data)),
        *("--username", SUPERUSER),
        *("--auth", "trust"),
        *("--encoding", "UTF8"),
        *("--locale", "C.UTF-8"),
        "--no-sync",
    )
    lines = [f"{name} = '{value}'\n" for name, value in OPTIONS.items()]
    with open(data / "postgresql.conf", "a", encoding="utf-8") as config:
        config.writelines(lines)


def _start(data: Path, port: int) -> None:
    log = data.parent / "server.log"
    _run(
        *("pg_ctl", "start", "--wait", "--timeout", "60"),
        *("--pgdata", str(data), "--log", str(log), "--options", f"-p {port}"),
    )


def _stop(data: Path) -> None:
    if (data / "postmaster.pid").exists():
        _run("pg_ctl", "stop", "--wait", "--mode", "immediate", "--pgdata", str(data))


def _give_to_server_user(folder: Path) -> None:
    """PostgreSQL does not run as root; Debian's user for it does instead."""
    if os.geteuid() == 0:
        with contextlib.suppress(KeyError):
            owner = pwd.getpwnam(SUPERUSER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)


def _run(program: str, *arguments: str) -> None:
    path = find_postgres(program)
    if path is None:
        raise Refusal(f"PostgreSQL's {program} was not found.")
    as_server_user = ["runuser", "-u", SUPERUSER, "--"] if os.geteuid() == 0 else []
    # A file takes the output: pg_ctl leaves its own open in the server.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [*as_server_user, path, *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        if done.returncode:
            output.seek(0)
            words = output.read().decode(errors="replace").strip()
            raise Refusal(f"PostgreSQL's {program} failed: {words}")
