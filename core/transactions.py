"""Transactions that are tried once more when the database asks for it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

DEADLOCK, SERIALIZATION_FAILURE = "40P01", "40001"


P = ParamSpec("P")
R = TypeVar("R")


def retried_atomic(action: Callable[P, R]) -> Callable[P, R]:
    """Run `action` in a transaction, once more after a deadlock.

    Locks are taken in one order (organisation, person, shift, sign-up; ids
    ascending), so this is the second belt. Inside an outer transaction nothing can
    be tried again: the error passes through.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        is_outermost = not connection.in_atomic_block
        try:
            with transaction.atomic():
                return action(*args, **kwargs)
        except OperationalError as error:
            if not (is_outermost and _is_conflict(error)):
                raise
        with transaction.atomic():
            return action(*args, **kwargs)

    return run


def _is_conflict(error: OperationalError) -> bool:
    code = getattr(error.__cause__, "pgcode", None)
    return code in {DEADLOCK, SERIALIZATION_FAILURE}
