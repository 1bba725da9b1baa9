"""How the outbox is doing: what waits, what is stuck, what came too late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from accounts.models import Channel, Delivery, Notification
from core.readiness import LATE, OK

# The bell is answered in seconds and beat looks each minute.
LATE_AFTER = timedelta(minutes=5)
# Counted no further: more is as bad.
MOST = 1000
SendState = Delivery.SendState
OutboxState = Notification.OutboxState


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits now; `oldest` is since when the longest-waiting should be out."""

    due: int
    oldest: datetime | None
    stuck: int
    failed: int


def waiting(now: datetime) -> Waiting:
    """What is due and not out, stuck or failed; small queries over partial indexes."""
    # Channel by channel, as the index goes: strangers may ask /readyz as often as they
    # like, and most of all when much waits.
    queues = [
        Notification.objects.to_route(now),
        *(Delivery.objects.to_send(code, now) for code in Channel.values),
    ]
    firsts = [rows.values_list("due_at", flat=True).first() for rows in queues]
    failed = Delivery.objects.filter(send_state=SendState.FAILED)
    return Waiting(
        due=sum(rows[:MOST].count() for rows in queues),
        oldest=min(filter(None, firsts), default=None),
        stuck=Delivery.objects.stuck(now)[:MOST].count(),
        failed=failed[:MOST].count(),
    )


def outbox_probe(now: datetime) -> dict[str, object]:
    """For /readyz: numbers only."""
    found = waiting(now)
    age = now - found.oldest if found.oldest else timedelta(0)
    return {
        "status": LATE if age > LATE_AFTER else OK,
        "due": found.due,
        "oldest_due_seconds": round(age.total_seconds()),
        "stuck": found.stuck,
        "failed": found.failed,
    }


def deliveries_by_state(since: datetime) -> dict[tuple[str, str], int]:
    """(channel, state) to how many deliveries made since then are in it."""
    rows = Delivery.objects.filter(created_at__gte=since).order_by()
    counts = rows.values_list("channel", "send_state").annotate(Count("pk"))
    return {(channel, state): count for channel, state, count in counts}


def stale_by_kind(since: datetime) -> dict[str, int]:
    """Kind to how many of its messages, due since then, came too late to be sent."""
    rows = Notification.objects.filter(
        outbox_state=OutboxState.STALE, due_at__gte=since
    ).order_by("kind")
    return dict(rows.values_list("kind").annotate(Count("pk")))
