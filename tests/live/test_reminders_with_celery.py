"""Beat and worker, as processes of their own on Redis, remind once."""

import json
import os
import time
from collections.abc import Callable

import pytest

from tests.live.servers import (
    celery,
    free_port,
    portal_environment,
    postgres_database,
    run_python,
    sqlite_database,
)

WAIT_SECONDS = 60
TWO_MORE_ROUNDS = 5


@pytest.mark.parametrize(
    "database", [postgres_database, sqlite_database], ids=["postgres", "sqlite"]
)
def test_reminder_sent_by_beat_and_worker_arrives_once(database, tmp_path):
    with database(tmp_path) as url:
        environment = {
            **portal_environment(url, tmp_path, free_port()),
            "CELERY_BROKER_URL": os.environ["TEST_REDIS_URL"],
            "BEAT_SECONDS": "2",
        }

        def tell(command: str) -> object:
            return json.loads(
                run_python(["-m", "tests.live.reminder_data", command], environment)
            )

        outbox = tmp_path / "outbox"
        tell("make")
        beat = ["beat", "--schedule", str(tmp_path / "beat")]
        with celery(["worker", "--concurrency", "2"], environment):
            with celery(beat, environment):
                _wait_for(lambda: outbox.exists() and tell("count") == ["sent"])
            tell("twice")
            time.sleep(TWO_MORE_ROUNDS)

            assert tell("count") == ["sent"]
    mails = [path.read_text() for path in outbox.iterdir()]
    assert sum(mail.count("To: reminded@example.invalid") for mail in mails) == 1


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the reminder did not come"
        time.sleep(1)
