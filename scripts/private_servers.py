"""What tests need around them: servers, tables to copy, a folder that goes away."""

import contextlib
import tempfile
from collections.abc import Iterator

from scripts.migrated_databases import migrated_databases
from scripts.private_postgres import private_postgres
from scripts.system_packages import find_chromium


@contextlib.contextmanager
def private_servers() -> Iterator[dict[str, str]]:
    """Start PostgreSQL and migrate; yields the environment that names all."""
    with (
        private_postgres() as postgres,
        tempfile.TemporaryDirectory(prefix="portal-tests-") as scratch,
    ):
        servers = {
            "TEST_POSTGRES_URL": postgres,
            "CHROMIUM": find_chromium() or "",
            "TMPDIR": scratch,
        }
        with migrated_databases(servers) as databases:
            yield {**servers, **databases}
