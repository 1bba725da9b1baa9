"""Beat of the portal: rings the periodic jobs and keeps nothing on disk.

When a job last ran stands in PeriodicJob (core/periodic.py), so a beat that starts may
ring everything at once: jobs whose slot is done stay quiet. A file of its own would
only be one more thing to be found broken after a kill -9.

Beat rings through the broker. While that is down nothing is lost, only late: worker
and beat try to connect for ever, what is due waits in the database, and the rings of
the missed slots are not made up for. Where there is no broker at all, the command
`run_periodic_jobs` does the same jobs on the same claims.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from celery.beat import Scheduler
from celery.schedules import schedstate, schedule

from core.periodic import slot_at

# Jobs with longer intervals are rung this often all the same: what was missed at the
# start of an hour runs minutes later. Their slot lets them run once.
LONGEST_SILENCE = timedelta(minutes=5)
# The ring comes this much after the slot has begun, for workers with a slower clock.
CLOCKS_DIFFER = timedelta(seconds=5)
NEVER = datetime.fromtimestamp(0, tz=UTC)


class SlotBell(schedule):
    """Rings shortly after the start of every slot, and at once when it missed one."""

    def is_due(self, last_run_at: datetime) -> tuple[bool, float]:
        """Whether to ring, and in how many seconds to ask again."""
        now = self.maybe_make_aware(self.now())
        delay = min(CLOCKS_DIFFER, self.run_every / 10)
        rings_at = slot_at(now - delay, self.run_every) + delay
        return schedstate(
            is_due=self.maybe_make_aware(last_run_at) < rings_at,
            next=(rings_at + self.run_every - now).total_seconds(),
        )


class SlotScheduler(Scheduler):
    """The schedule of the settings, in memory; everything is due at the start."""

    def setup_schedule(self) -> None:
        """Give each entry its bell; a ring nobody took by the next one expires."""
        self.update_from_dict(
            {name: _rung(entry) for name, entry in self.app.conf.beat_schedule.items()}
        )


def _rung(entry: dict[str, Any]) -> dict[str, Any]:
    period = min(timedelta(seconds=entry["schedule"]), LONGEST_SILENCE)
    return {
        **entry,
        "schedule": SlotBell(period),
        "last_run_at": NEVER,
        "options": {**entry.get("options", {}), "expires": period.total_seconds()},
    }
