"""kill -9 of a worker at random moments: nothing lost, nothing double, no hands."""

import time
from collections import Counter
from itertools import cycle

from tests.faults.portal import fragile_portal, seeded_chance, wait_until
from tests.live.servers import postgres_database

PEOPLE, KILLS = 5000, 8
HOW = cycle(["group", "child", "main"])
LONGEST_RECOVERY_SECONDS = 300
SENDING_SECONDS = 300


def test_worker_killed_eight_times_among_5000_reminders_loses_and_doubles_none(
    tmp_path, figures
):
    chance = seeded_chance()
    moments = sorted(chance.sample(range(PEOPLE * 19 // 20), KILLS))
    killed = 0
    with fragile_portal(postgres_database, tmp_path) as portal:
        portal.make("signups", PEOPLE, 47 * 3600)
        with portal.worker() as worker, portal.beat():
            for moment, how in zip(moments, HOW, strict=False):
                wait_until(
                    lambda moment=moment: portal.sink.count() >= moment,
                    seconds=SENDING_SECONDS,
                    what=f"{moment} mails sent",
                )
                time.sleep(chance.random() / 2)
                killed += worker.kill(how, chance)
            last_kill = time.monotonic()
            wait_until(
                lambda: _is_all_ended(portal),
                seconds=LONGEST_RECOVERY_SECONDS,
                what="every reminder sent, or stuck for a person to look at",
            )
            recovery = time.monotonic() - last_kill
        inbox, stuck = (
            portal.rows.inbox("shift_reminder"),
            portal.rows.addresses("sending"),
        )
        arrived, ids = portal.sink.recipients(), portal.sink.message_ids()

    figures("reminders planned", sum(inbox.values()))
    figures("sending processes killed", killed)
    figures("mails arrived", sum(arrived.values()))
    figures("stuck, for a person to look at", len(stuck))
    figures("mails doubled", _doubled(arrived) + _doubled(ids))
    figures("reminders missing", PEOPLE - len(set(arrived) | stuck))
    figures("seconds from the last kill to all sent", f"{recovery:.0f}")
    assert (len(inbox), _doubled(inbox)) == (PEOPLE, 0)
    assert (_doubled(arrived), _doubled(ids)) == (0, 0)
    assert len(set(arrived) | stuck) == PEOPLE
    assert len(stuck) <= killed


def _is_all_ended(portal) -> bool:
    states = portal.rows.deliveries()
    return states["sent"] + states["sending"] == PEOPLE


def _doubled(counted: Counter) -> int:
    return sum(times > 1 for times in counted.values())
