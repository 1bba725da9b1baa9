"""PostgreSQL in a backup: pg_dump in one snapshot, pg_restore in one transaction."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from core.backups.errors import BackupError
from core.backups.figures import note_figures, tables_of
from core.backups.manifest import Manifest

DUMP = "database.dump"
LOCK_SECONDS = 10
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
}


def query(sql: str) -> list[tuple]:
    """What the portal's own connection answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def size() -> int:
    """Bytes of the database; a dump is smaller."""
    return query("SELECT pg_database_size(current_database())")[0][0]


def is_empty() -> bool:
    """Whether there is no table yet."""
    return not tables_of(query, "postgresql")


def dump(folder: Path, manifest: Manifest) -> None:
    """Write the dump, and what the manifest tells of the same snapshot."""
    manifest.server = _server_version()
    program = _program("pg_dump", manifest.server)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL statement_timeout = 0")
        snapshot = query("SELECT pg_export_snapshot()")[0][0]
        note_figures(manifest, query)
        target = folder / DUMP
        target.touch(mode=0o600)
        _run(
            *(program, "--format=custom", "--no-owner", "--no-privileges"),
            *("--no-password", f"--snapshot={snapshot}", f"--file={target}"),
        )


def restore(folder: Path, manifest: Manifest) -> None:
    """Put the dump in place of all that the schema holds, or change nothing.

    Emptying, filling and counting are one transaction: who looks meanwhile sees what
    was there before, and so does everybody when it fails.
    """
    server = _server_version()
    pg_restore = _program("pg_restore", max(server, manifest.server))
    psql = str(Path(pg_restore).with_name("psql"))
    connection.close()  # its locks would be waited for
    with _psql(psql) as session:
        session.stdin.write(
            f"BEGIN; SET LOCAL lock_timeout = '{LOCK_SECONDS}s';\n"
            "SET LOCAL statement_timeout = 0; SET LOCAL client_min_messages = error;\n"
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n".encode()
        )
        _pour(
            [pg_restore, "--no-owner", "--no-privileges", "--file=-"], folder, session
        )
        session.stdin.write(_counts(manifest).encode() + b"\nCOMMIT;\n")


def _pour(command: list[str], folder: Path, session: subprocess.Popen) -> None:
    with subprocess.Popen(  # noqa: S603 - programs we found
        [*command, str(folder / DUMP)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reader:
        shutil.copyfileobj(reader.stdout, session.stdin)
        words = reader.stderr.read()
    if reader.returncode:
        raise BackupError(f"pg_restore failed: {_readable(words)}")


@contextmanager
def _psql(program: str) -> Iterator[subprocess.Popen]:
    """A psql that ends at the first error; what it has not committed is undone."""
    with subprocess.Popen(  # noqa: S603
        [
            program,
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(),
    ) as session:
        try:
            yield session
            session.stdin.close()
        except BrokenPipeError:
            pass  # psql has ended; it says why
        except BaseException:
            session.kill()
            raise
        words = session.stderr.read()
    if session.returncode:
        raise BackupError(
            f"The database was left as it was: {_readable(words)} (Are web and workers "
            "stopped?)"
        )


def _counts(manifest: Manifest) -> str:
    """SQL that fails unless each table has the rows the manifest names."""
    quote = connection.ops.quote_name
    checks = "\n".join(
        f"IF (SELECT count(*) FROM public.{quote(table)}) <> {int(rows)} THEN "  # noqa: S608
        "RAISE EXCEPTION 'the rows of a table are not those of the manifest'; END IF;"
        for table, rows in manifest.rows.items()
    )
    return f"DO $check$ BEGIN\n{checks}\nEND $check$;"


def _server_version() -> int:
    return int(query("SHOW server_version_num")[0][0]) // 10_000


def _program(name: str, at_least: int) -> str:
    """The oldest program that is new enough. Raises BackupError without one."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    on_path = shutil.which(name)
    paths = [str(path) for path in found] + ([on_path] if on_path else [])
    fitting = [(_version(path), path) for path in paths if _version(path) >= at_least]
    if not fitting:
        raise BackupError(
            f"{name} {at_least} or newer was not found; install "
            f"postgresql-client-{at_least}."
        )
    return min(fitting, key=lambda pair: pair[0])[1]


def _version(path: str) -> int:
    done = subprocess.run([path, "--version"], capture_output=True, text=True)  # noqa: S603
    match = re.search(r"(\d+)", done.stdout)
    return int(match[1]) if match else 0


def _environment() -> dict[str, str]:
    """The connection as libpq's variables: command lines can be read by everyone."""
    kept = {name: text for name, text in os.environ.items() if name[:2] != "PG"}
    given = connection.get_connection_params()
    values = {
        variable: str(given[name])
        for name, variable in _VARIABLES.items()
        if given.get(name)
    }
    return {**kept, **values, "PGCLIENTENCODING": "UTF8", "LC_MESSAGES": "C"}


def _run(*command: str) -> None:
    done = subprocess.run(command, env=_environment(), capture_output=True)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {_readable(done.stderr)}")


def _readable(words: bytes) -> str:
    """The first lines of what a program complained; never rows of the database."""
    lines = words.decode(errors="replace").strip().splitlines()
    kept = [line for line in lines if not line.startswith(("DETAIL", "CONTEXT"))]
    return " ".join(kept[:3])
