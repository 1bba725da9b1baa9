"""Many people, each signed up for one shift that is to be reminded of."""

from datetime import datetime, timedelta

from django.db import connection

from bench.seed import grow_to
from volunteers.models import Shift

A_SHIFT = 67
LEAD = timedelta(hours=47, minutes=30)  # within the hour after T-48

PEOPLE = """
INSERT INTO accounts_user (password, is_superuser, username, is_staff, is_active,
  date_joined, display_name, email, age_band, consent_version)
SELECT '!', false, 'reminded' || n, false, true, now(), '示例人员' || n,
  'reminded' || n || '@example.invalid', '18-59', ''
FROM generate_series(1, %s) n
"""
VOLUNTEERS = """
INSERT INTO volunteers_volunteer ({columns})
SELECT {values} FROM accounts_user u WHERE u.username LIKE 'reminded%%'
"""
SIGNUPS = """
WITH people AS (SELECT v.id, row_number() OVER (ORDER BY v.id) - 1 AS n
    FROM volunteers_volunteer v JOIN accounts_user u ON u.id = v.user_id
    WHERE u.username LIKE 'reminded%%'),
  shifts AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM volunteers_shift)
INSERT INTO volunteers_signup (state_changed_at, shift_id, volunteer_id, state, heads,
  is_moved, is_walk_in, is_late, is_excused, reason, created_at)
SELECT %s, s.id, p.id, 'confirmed', 1, false, false, false, false, '', %s
FROM people p JOIN shifts s ON s.n = p.n / %s
"""


def seed_reminders(count: int, *, now: datetime) -> int:
    """Make `count` people, each with a place in a shift 47.5 hours after `now`.

    Returns how many shifts there are.
    """
    shifts = -(-count // A_SHIFT)
    grow_to(shifts)
    long_ago = now - timedelta(days=7)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("DELETE FROM volunteers_signup")
        cursor.execute(PEOPLE, [count])
        _volunteers(cursor)
        cursor.execute(SIGNUPS, [long_ago, long_ago, A_SHIFT])
        Shift.objects.update(
            starts_at=now + LEAD,
            ends_at=now + LEAD + timedelta(hours=2),
            signup_closes_at=now,
            capacity=A_SHIFT,
            taken=A_SHIFT,
        )
        cursor.execute("VACUUM ANALYZE")
    return shifts


def _volunteers(cursor) -> None:
    """Copy what a volunteer of the bench looks like, but for its account."""
    cursor.execute("SELECT * FROM volunteers_volunteer LIMIT 0")
    names = [c.name for c in cursor.description if c.name not in {"id", "user_id"}]
    quoted = ", ".join(names)
    like = "(SELECT {} FROM volunteers_volunteer LIMIT 1)"
    values = ", ".join(like.format(name) for name in names)
    cursor.execute(
        VOLUNTEERS.format(columns=f"user_id, {quoted}", values=f"u.id, {values}")
    )
