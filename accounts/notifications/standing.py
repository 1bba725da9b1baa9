"""Which messages still hold, as their kinds say."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from accounts.models import Notification
from accounts.notifications.addressing import known_kind


def standing(rows: Iterable[Notification], now: datetime) -> set[int]:
    """Numbers of the messages that are still true; a kind is asked once for all."""
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    true_ids: set[int] = set()
    for code, said in by_kind.items():
        ask = known_kind(code).still_true
        true_pairs = ask and ask({(row.object_id, row.slot) for row in said}, now)
        true_ids.update(
            row.pk
            for row in said
            if ask is None or (row.object_id, row.slot) in true_pairs
        )
    return true_ids
