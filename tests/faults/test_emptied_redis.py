"""Redis forgets everything while work waits; no restart, the real beat of a minute."""

from tests.faults.portal import fragile_portal, wait_until
from tests.live.servers import postgres_database

PEOPLE = 1000
LONGEST_SECONDS = 180


def test_redis_emptied_with_1000_queued_delivers_all_in_3_minutes(tmp_path, figures):
    with (
        fragile_portal(postgres_database, tmp_path, BEAT_SECONDS="60") as portal,
        portal.worker() as worker,
        portal.beat(),
    ):
        wait_until(
            lambda: portal.rows.has_finished("accounts.sweep"),
            seconds=60,
            what="the first run of beat is done",
        )
        worker.freeze()
        portal.make("messages", PEOPLE)
        lost = portal.redis.empty()
        worker.thaw()
        seconds = wait_until(
            lambda: portal.sink.count() >= PEOPLE,
            seconds=LONGEST_SECONDS,
            what="all mails sent",
        )
        states = portal.rows.deliveries()
        arrived = portal.sink.recipients()

    figures("tasks Redis has lost", lost)
    figures("mails arrived", sum(arrived.values()))
    figures("seconds until all had arrived", f"{seconds:.0f}")
    assert lost > 0
    assert (len(arrived), sum(arrived.values())) == (PEOPLE, PEOPLE)
    assert sum(states.values()) == PEOPLE
