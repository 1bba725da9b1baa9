"""Choosing the channels of messages that are due, at the moment they are due."""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Delivery, Notification, User
from accounts.notifications.addressing import AddressBook, has_expired, known_kind
from accounts.notifications.digests import DIGEST, earliest_ends, fold
from accounts.notifications.kinds import Kind
from accounts.notifications.quiet_hours import quiet_until
from accounts.notifications.standing import standing
from core.models import PeriodicJob

BATCH = 1000
# One run routes at a time, or two would both find room below the daily limit.
LOCK = "accounts.route"
OutboxState = Notification.OutboxState


def route_due(*, now: datetime) -> int:
    """Decide about each message that is due; returns about how many.

    What still holds goes to the person's channels, waits for the end of quiet hours,
    or is folded into the day's digest. Safe to run twice at once: one run waits for
    the other. A batch takes the same number of queries however full it is. Kinds that
    cannot be asked whether they are true stay due, and the others go on.
    Source: PRODUCT section 4, reminders; decision 0015.
    """
    PeriodicJob.objects.get_or_create(name=LOCK)
    routed = 0
    broken: set[str] = set()
    while count := _route_batch(now, broken):
        routed += count
    return routed


@transaction.atomic
def _route_batch(now: datetime, broken: set[str]) -> int:
    """Decide about one batch; adds to `broken` the kinds that are left out."""
    PeriodicJob.objects.select_for_update().get(name=LOCK)
    # What somebody is just withdrawing or reading waits for the next run: no deadlock.
    due = Notification.objects.to_route(now).select_for_update(skip_locked=True)
    if broken:
        due = due.exclude(kind__in=broken)
    rows = list(due.defer("title", "body")[:BATCH])
    if not rows:
        return 0
    digests = [row for row in rows if row.kind == DIGEST]
    # Digests last: a message of this batch may be folded into one of them.
    book = AddressBook(rows)
    broken |= _Round(book, now).route([row for row in rows if row.kind != DIGEST])
    broken |= _DigestRound(book, now).route(digests)
    return len(rows)


class _Round:
    """What is decided about one batch, written with a fixed number of queries."""

    # What a message becomes that no channel takes to the person.
    unreached = OutboxState.INBOX

    def __init__(self, book: AddressBook, now: datetime) -> None:
        self.book = book
        self.now = now
        self.today = timezone.localdate(now)
        self.states: dict[str, list[int]] = {}
        self.deliveries: list[Delivery] = []
        self.counted: list[int] = []
        self.held: list[Notification] = []
        self.folded: list[Notification] = []
        self.gone_today: Counter[int] = Counter()

    def route(self, rows: list[Notification]) -> set[str]:
        """Decide about each; returns the kinds about which nothing can be said."""
        if not rows:
            return set()
        true_ids, broken = standing(rows, self.now)
        self.gone_today.update(self._gone_today({row.recipient_id for row in rows}))
        for row in rows:
            if row.kind not in broken:
                self._decide(row, is_true=row.pk in true_ids)
        self._write()
        return broken

    def _gone_today(self, people: set[int]) -> dict[int, int]:
        gone = Notification.objects.filter(
            recipient_id__in=people, counted_on=self.today
        )
        counts = gone.values("recipient_id").annotate(count=models.Count("pk"))
        return dict(counts.values_list("recipient_id", "count"))

    def _decide(self, row: Notification, *, is_true: bool) -> None:
        user, kind = self.book.people[row.recipient_id], known_kind(row.kind)
        if not user.is_active or not is_true:
            self._settle(row, OutboxState.DROPPED)
        elif has_expired(row, self.now):
            self._settle(row, OutboxState.STALE)
        elif not (channels := self.book.channels_of(user, kind)):
            self._settle(row, self.unreached)
        elif not self._is_held(row, user):
            self._send(row, kind, channels)

    def _is_held(self, row: Notification, user: User) -> bool:
        """Held by quiet hours; what cannot wait for their end goes at once.

        What must arrive and is too late already waits like the rest.
        """
        until = quiet_until(user, self.now)
        end = self._end_of(row)
        if until is None or (end is not None and self.now < end <= until):
            return False
        row.due_at = until
        self.held.append(row)
        return True

    def _end_of(self, row: Notification) -> datetime | None:
        return row.expires_at

    def _send(self, row: Notification, kind: Kind, channels: list[str]) -> None:
        if not kind.must_arrive:
            if self.gone_today[row.recipient_id] >= settings.DAILY_MESSAGES:
                self.folded.append(row)
                return
            self.gone_today[row.recipient_id] += 1
            self.counted.append(row.pk)
        self._deliver(row, channels)

    def _deliver(self, row: Notification, channels: list[str]) -> None:
        self._settle(row, OutboxState.ROUTED)
        self.deliveries += [
            Delivery(notification_id=row.pk, channel=code, due_at=self.now)
            for code in channels
        ]

    def _settle(self, row: Notification, state: str) -> None:
        self.states.setdefault(state, []).append(row.pk)

    def _write(self) -> None:
        Delivery.objects.bulk_create(self.deliveries, ignore_conflicts=True)
        # One statement a row: those that count are written with their day.
        counted = set(self.counted)
        for state, ids in self.states.items():
            if uncounted := [pk for pk in ids if pk not in counted]:
                Notification.objects.filter(pk__in=uncounted).update(outbox_state=state)
        if counted:
            Notification.objects.filter(pk__in=self.counted).update(
                outbox_state=OutboxState.ROUTED, counted_on=self.today
            )
        Notification.objects.bulk_update(self.held, ["due_at"])
        fold(self.folded, self.now)


class _DigestRound(_Round):
    """Digests: never counted, never folded; the inbox does not show them."""

    unreached = OutboxState.DROPPED

    def route(self, rows: list[Notification]) -> set[str]:
        self.ends = earliest_ends(rows, self.now)
        return super().route(rows)

    def _end_of(self, row: Notification) -> datetime | None:
        return self.ends.get(row.pk)

    def _send(self, row: Notification, kind: Kind, channels: list[str]) -> None:
        self._deliver(row, channels)
