"""What tests need around them: servers of their own and a folder that goes away."""

import contextlib
import tempfile
from collections.abc import Iterator

from scripts.private_postgres import private_postgres
from scripts.private_redis import private_redis
from scripts.system_packages import find_chromium


@contextlib.contextmanager
def private_servers() -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Redis; yields the environment that names them."""
    with (
        private_postgres() as postgres,
        private_redis() as redis,
        tempfile.TemporaryDirectory(prefix="portal-tests-") as scratch,
    ):
        yield {
            "TEST_POSTGRES_URL": postgres,
            "TEST_REDIS_URL": redis,
            "CHROMIUM": find_chromium() or "",
            "TMPDIR": scratch,
        }
