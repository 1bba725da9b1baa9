"""What tests need around them: servers of their own and a folder that goes away."""

import contextlib
import tempfile
from collections.abc import Iterator

from scripts.private_postgres import private_postgres
from scripts.system_packages import find_chromium


@contextlib.contextmanager
def private_servers() -> Iterator[dict[str, str]]:
    """Start PostgreSQL; yields the environment that names it."""
    with (
        private_postgres() as postgres,
        tempfile.TemporaryDirectory(prefix="portal-tests-") as scratch,
    ):
        yield {
            "TEST_POSTGRES_URL": postgres,
            "CHROMIUM": find_chromium() or "",
            "TMPDIR": scratch,
        }
