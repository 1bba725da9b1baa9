"""Two beats and two workers for minutes: each slot of each job is run once."""

import time

import pytest

from tests.faults.portal import fragile_portal, wait_until
from tests.live.servers import postgres_database, sqlite_database

BEAT_SECONDS = 5
HOURS_48 = 48 * 3600
PEOPLE, ROUNDS = 50, 4
JOBS = ["accounts.sweep", "volunteers.plan_shift_reminders", "volunteers.lapse_offers"]


@pytest.mark.parametrize(
    ("database", "minutes"),
    [
        pytest.param(postgres_database, 5, id="postgres"),
        pytest.param(sqlite_database, 1, id="sqlite"),
    ],
)
def test_two_beats_and_two_workers_run_each_slot_once(
    database, minutes, tmp_path, figures
):
    seconds = 60 * minutes
    with fragile_portal(database, tmp_path, BEAT_SECONDS=str(BEAT_SECONDS)) as portal:
        for part in range(ROUNDS):  # their moments come in the course of the run
            portal.make("signups", PEOPLE, HOURS_48 + seconds * part // ROUNDS)
        began = time.time()
        with portal.worker("one"), portal.worker("two"):
            with portal.beat("first"), portal.beat("second"):
                time.sleep(seconds)
            wait_until(
                lambda: portal.sink.count() >= ROUNDS * PEOPLE,
                seconds=60,
                what="all reminders sent",
            )
            slots = time.time() // BEAT_SECONDS - began // BEAT_SECONDS + 1
            time.sleep(BEAT_SECONDS)
            runs = portal.rows.runs()
            inbox = portal.rows.inbox("shift_reminder")
            arrived = portal.sink.recipients()

    figures("slots of 5 seconds", int(slots))
    figures("runs of the planner", runs["volunteers.plan_shift_reminders"])
    figures("reminders in inboxes", sum(inbox.values()))
    figures("mails arrived", sum(arrived.values()))
    assert [job for job in JOBS if not slots / 2 <= runs[job] <= slots] == []
    assert (len(inbox), sum(inbox.values())) == (ROUNDS * PEOPLE,) * 2
    assert (len(arrived), sum(arrived.values())) == (ROUNDS * PEOPLE,) * 2
