"""No worker for hours: what would come too late is counted, the rest goes out."""

from tests.faults.portal import fragile_portal, wait_until
from tests.live.servers import postgres_database

PEOPLE = 100
HOUR = 3600
DOWN = 24 * HOUR
# Night hours lengthen the six hours after which a reminder comes too late, so its
# moment lies further back than that.
TOO_LATE, LATE = 28 * HOUR, 47 * HOUR


def test_worker_down_for_a_day_counts_stale_reminders_and_sends_younger_ones(
    tmp_path, figures
):
    with fragile_portal(postgres_database, tmp_path) as portal:
        portal.make("signups", PEOPLE, TOO_LATE)
        portal.make("signups", PEOPLE, LATE)
        portal.make("planned", DOWN)
        with portal.worker(), portal.beat():
            seconds = wait_until(
                lambda: portal.sink.count() >= PEOPLE,
                seconds=60,
                what="the younger reminders sent",
            )
            wait_until(
                lambda: portal.rows.runs().get("accounts.sweep", 0) >= 4,
                seconds=60,
                what="beat and worker have had time for more",
            )
        states = portal.rows.messages("shift_reminder")
        inbox = portal.rows.inbox("shift_reminder")
        arrived = portal.sink.recipients()

    figures("reminders too late, counted", states["stale"])
    figures("reminders sent", sum(arrived.values()))
    figures("seconds from the start to all sent", f"{seconds:.0f}")
    assert states == {"stale": PEOPLE, "routed": PEOPLE}
    assert sum(inbox.values()) == PEOPLE
    assert arrived == {
        f"fault-{n}@example.invalid": 1 for n in range(PEOPLE, 2 * PEOPLE)
    }
