"""What the database of a running portal holds, read beside it in plain SQL."""

import sqlite3
from collections import Counter
from contextlib import closing

from psycopg2 import connect
from psycopg2.extensions import parse_dsn


class Rows:
    """Reads and changes rows without Django, so that asking costs next to nothing."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, statement: str) -> list[tuple]:
        """The rows of a query; those of a change must be returned by it."""
        with closing(self._connect()) as database, database:
            cursor = database.cursor()
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _connect(self):
        if self.url.startswith("sqlite:///"):
            path = self.url.removeprefix("sqlite:///")
            return sqlite3.connect(path, timeout=20)
        return connect(**parse_dsn(self.url))

    def inbox(self, kind: str) -> Counter[int]:
        """Messages of a kind that the inbox shows, by recipient."""
        return Counter(
            dict(
                self.ask(
                    "SELECT recipient_id, COUNT(*) FROM accounts_notification "
                    f"WHERE kind = '{kind}' AND is_shown GROUP BY recipient_id"
                )
            )
        )

    def messages(self, kind: str) -> Counter[str]:
        """Messages of a kind by their state in the outbox."""
        return Counter(
            dict(
                self.ask(
                    "SELECT outbox_state, COUNT(*) FROM accounts_notification "
                    f"WHERE kind = '{kind}' GROUP BY outbox_state"
                )
            )
        )

    def deliveries(self) -> Counter[str]:
        """Deliveries by their state."""
        return Counter(
            dict(
                self.ask(
                    "SELECT send_state, COUNT(*) FROM accounts_delivery "
                    "GROUP BY send_state"
                )
            )
        )

    def addresses(self, send_state: str) -> set[str]:
        """The addresses of the deliveries in a state."""
        return self._addresses(f"send_state = '{send_state}'")

    def waiting(self) -> set[str]:
        """The addresses of what has not gone out."""
        return self._addresses("send_state IN ('due', 'claimed', 'sending')")

    def tried(self, send_state: str) -> set[str]:
        """Those of them that were tried at least once."""
        return self._addresses(f"send_state = '{send_state}' AND attempts > 0")

    def _addresses(self, condition: str) -> set[str]:
        rows = self.ask(
            "SELECT u.email FROM accounts_delivery d "
            "JOIN accounts_notification n ON n.id = d.notification_id "
            f"JOIN accounts_user u ON u.id = n.recipient_id WHERE {condition}"
        )
        return {address for (address,) in rows}

    def runs(self) -> dict[str, int]:
        """How often each periodic job has claimed a slot."""
        return dict(self.ask("SELECT name, runs FROM core_periodicjob"))

    def has_finished(self, job: str) -> bool:
        """Whether a periodic job has ended well at least once."""
        return bool(
            self.ask(
                f"SELECT 1 FROM core_periodicjob WHERE name = '{job}' "
                "AND finished_at IS NOT NULL"
            )
        )

    def let_retries_come(self) -> None:
        """Let the waits before the next tries be over."""
        moment = "'2020-01-01 00:00:00+00:00'"
        self.ask(
            f"UPDATE accounts_delivery SET due_at = {moment} WHERE send_state = 'due'"
        )
