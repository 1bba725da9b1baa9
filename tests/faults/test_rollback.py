"""A transaction writes messages, the bell is rung, and then it rolls back."""

import pytest

from tests.faults.portal import fragile_portal, wait_until
from tests.live.servers import postgres_database, sqlite_database

PEOPLE = 50


@pytest.mark.parametrize(
    "database", [postgres_database, sqlite_database], ids=["postgres", "sqlite"]
)
def test_messages_rolled_back_after_the_bell_are_not_sent(database, tmp_path, figures):
    with (
        fragile_portal(database, tmp_path, BEAT_SECONDS="2") as portal,
        portal.worker(),
        portal.beat(),
    ):
        written = portal.make("rollback", PEOPLE)
        [told] = portal.make("messages", 1)  # shows that the worker is at work
        wait_until(
            lambda: portal.sink.count() >= 1, seconds=60, what="the one message sent"
        )
        inbox = portal.rows.inbox("record_confirmed")
        arrived = portal.sink.recipients()

    figures("messages written and rolled back", written)
    figures("of them in inboxes or sent", len(inbox) + len(arrived) - 2)
    assert sum(inbox.values()) == 1
    assert arrived == {told: 1}
