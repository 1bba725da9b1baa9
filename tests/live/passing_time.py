"""Hours pass in a running portal without anybody waiting."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

from tests.live.stack import Stack

# The planner's row: without it, it looks back as far as a reminder is of use.
UNTIL = "volunteers.shift_reminders_until"
# The moments of a shift and of all that hangs on it, with the rows they stand in.
MOMENTS = (
    (
        "volunteers_shift",
        ("starts_at", "ends_at", "signup_closes_at", "cancel_closes_at"),
        "id = :shift",
    ),
    (
        "campaigns_activity",
        ("starts_at", "ends_at"),
        "id = (SELECT activity_id FROM volunteers_shift WHERE id = :shift)",
    ),
    (
        "volunteers_signup",
        ("offered_at", "offer_ends_at", "state_changed_at"),
        "shift_id = :shift",
    ),
    (
        "volunteers_attendance",
        ("checked_in_at", "checked_out_at"),
        "signup_id IN (SELECT id FROM volunteers_signup WHERE shift_id = :shift)",
    ),
)


def let_hours_pass(stack: Stack, *, shift: int, hours: float) -> None:
    """Move the shift, its activity, offers and attendances back by so many hours.

    The stack must have an SQLite database. An empty moment stays empty.
    """
    with closing(sqlite3.connect(stack.database, timeout=20)) as database, database:
        for table, columns, rows in MOMENTS:
            moved = ", ".join(
                f"{name} = strftime('%Y-%m-%d %H:%M:%f', {name}, :by)"
                for name in columns
            )
            database.execute(
                f"UPDATE {table} SET {moved} WHERE {rows}",
                {"shift": shift, "by": f"-{hours} hours"},
            )


def wait_for_reminders(
    stack: Stack, have_come: Callable[[], object], *, seconds: float = 45
) -> None:
    """Let the planner look back over the hours that passed until they have come."""
    deadline = time.monotonic() + seconds
    while not have_come():
        assert time.monotonic() < deadline, "no reminder has come"
        with closing(sqlite3.connect(stack.database, timeout=20)) as database, database:
            database.execute(
                "DELETE FROM core_periodicjob WHERE name = :name", {"name": UNTIL}
            )
        time.sleep(2)
