"""Which messages still hold, as their kinds say."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import nullcontext
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from accounts.models import Notification
from accounts.notifications.addressing import known_kind

logger = logging.getLogger(__name__)


class Answers(NamedTuple):
    """Numbers of the messages that hold, and the kinds that could not be asked."""

    true_ids: set[int]
    broken: set[str]


def standing(rows: Iterable[Notification], now: datetime) -> Answers:
    """Which of these messages are still true; a kind is asked once for all.

    A kind whose question fails says nothing about its own messages and does not hold
    up the others: nothing false goes out, and the next run asks again.
    """
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    answers = Answers(set(), set())
    for code, said in by_kind.items():
        try:
            answers.true_ids.update(_true_ids(code, said, now))
        except Exception:
            logger.exception("whether messages of %s are true cannot be asked", code)
            answers.broken.add(code)
    return answers


def _true_ids(
    code: str, said: Collection[Notification], now: datetime
) -> Iterable[int]:
    ask = known_kind(code).still_true
    if ask is None:
        return [row.pk for row in said]
    # A statement that fails must not end the caller's transaction.
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        true_pairs = ask({(row.object_id, row.slot) for row in said}, now)
    return [row.pk for row in said if (row.object_id, row.slot) in true_pairs]
