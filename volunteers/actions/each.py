"""One step of a beat job for each shift: a fault in one must not stop the others."""

import logging
from collections.abc import Callable, Iterable

logger = logging.getLogger(__name__)


def sum_over(shift_ids: Iterable[int], act: Callable[[int], int]) -> int:
    """Do it to each shift, in a transaction of its own; returns what they add up to.

    A shift that fails is logged and left out, to be tried at the next run.
    """
    done = 0
    for pk in shift_ids:
        try:
            done += act(pk)
        except Exception:
            logger.exception("a beat job left out shift %s", pk)
    return done
