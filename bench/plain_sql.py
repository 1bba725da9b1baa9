"""The sign-up of a hot shift as a transaction in plain SQL, driven by pgbench."""

import re
import subprocess
import tempfile
from pathlib import Path

from psycopg2 import connect
from psycopg2.extensions import parse_dsn

from scripts.console import Refusal
from scripts.system_packages import find_postgres

CLIENTS = 16
EACH = 50  # 800 people, as many as the portal's rush

# Everything the portal writes for a sign-up: the person's and the shift's lock, the
# sign-up, the count, the audit line, the message in the inbox.
TRANSACTION = """
SELECT nextval('bench_turn') AS turn \\gset
BEGIN;
SELECT v.id AS person, v.user_id AS account FROM volunteers_volunteer v
  WHERE v.id = (SELECT person FROM bench_people WHERE n = :turn) FOR UPDATE \\gset
SELECT id FROM volunteers_shift WHERE id = :shift FOR UPDATE;
SELECT count(*) FROM volunteers_signup WHERE shift_id = :shift
  AND volunteer_id = :person AND state NOT IN ('cancelled', 'lapsed');
INSERT INTO volunteers_signup (state_changed_at, shift_id, volunteer_id, state, heads,
  is_moved, is_walk_in, is_late, is_excused, reason, created_at)
  VALUES (now(), :shift, :person, 'confirmed', 1, false, false, false, false, '',
  now()) RETURNING id AS signup \\gset
UPDATE volunteers_shift SET taken = taken + 1 WHERE id = :shift;
INSERT INTO core_auditentry (at, verb, actor_id, actor_name, target_type, target_id,
  target_name, data, request_id) VALUES (now(), 'volunteers.signup_confirmed',
  :account, 'bench', 'volunteers.Signup', :signup, 'bench', '{}', '');
INSERT INTO accounts_notification (recipient_id, kind, object_type, object_id, slot,
  title, body, path, due_at, created_at, outbox_state, is_shown)
  VALUES (:account, 'signup_made', 'volunteers.Signup', :signup, '', 'bench', 'bench',
  '', now(), now(), 'none', true);
COMMIT;
"""


def plain_sign_ups(url: str, shift: int) -> float:
    """Transactions a second, all for one shift."""
    program = find_postgres("pgbench")
    if program is None:
        raise Refusal("PostgreSQL's pgbench was not found.")
    _prepare(url)
    server = parse_dsn(url)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "sign_up.sql"
        script.write_text(TRANSACTION)
        done = subprocess.run(
            [
                *(program, "-n", "-f", str(script), "-D", f"shift={shift}"),
                *("-c", str(CLIENTS), "-j", "2", "-t", str(EACH)),
                *("-h", server["host"], "-p", server["port"], "-U", server["user"]),
                server["dbname"],
            ],
            capture_output=True,
            text=True,
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode or found is None or "failed transactions: 0" not in done.stdout:
        raise Refusal(f"pgbench failed: {done.stdout}{done.stderr}")
    return float(found.group(1))


def _prepare(url: str) -> None:
    """Everybody once: a sequence gives each transaction its own person."""
    connection = connect(**parse_dsn(url))
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS bench_people; DROP SEQUENCE IF EXISTS bench_turn;"
            "CREATE SEQUENCE bench_turn;"
            "CREATE TABLE bench_people AS SELECT row_number() OVER (ORDER BY id) AS n,"
            " id AS person FROM volunteers_volunteer;"
            "ALTER TABLE bench_people ADD PRIMARY KEY (n);"
        )
    connection.close()
