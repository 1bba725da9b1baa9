"""Whether what was said about shifts and sign-ups still holds when it is sent.

Each takes (number of the record, slot) pairs and gives back those that hold; one
query, however many.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import models

from campaigns.models import Activity
from volunteers.models import Shift, Signup
from volunteers.queries.hours_desk import unsettled_shifts
from volunteers.queries.reminder_times import stamp

Pairs = Collection[tuple[int, str]]


def places_to_come(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Reminders whose person has a sure place in the shift, at the start they name."""
    held = Signup.objects.confirmed().filter(_to_come(now, "shift__"))
    return _starting(pairs, held, "shift__starts_at")


def shifts_lacking_people(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Alerts whose shift lacks people still and starts when they say."""
    lacking = Shift.objects.filter(_to_come(now), taken__lt=models.F("minimum"))
    return _starting(pairs, lacking, "starts_at")


def shifts_to_settle(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Reminders whose shift nobody has settled."""
    left = set(_of(pairs, unsettled_shifts(now)).values_list("pk", flat=True))
    return _matching(pairs, lambda pk, _slot: pk in left)


def offers_open(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """Offers that wait for this very answer."""
    since = dict(_held_offers(pairs, now))
    return _matching(pairs, lambda pk, slot: slot == _iso(since.get(pk)))


def offers_held(pairs: Pairs, now: datetime) -> set[tuple[int, str]]:
    """News of offers that wait for an answer, whenever they were made."""
    held = dict(_held_offers(pairs, now))
    return _matching(pairs, lambda pk, _slot: pk in held)


def _held_offers(pairs: Pairs, now: datetime) -> Iterable[tuple[int, datetime]]:
    held = Signup.objects.filter(
        state=Signup.State.OFFERED,
        offer_ends_at__gt=now,
        shift__state=Shift.State.SCHEDULED,
        shift__starts_at__gt=now,
    )
    return _of(pairs, held).values_list("pk", "state_changed_at")


def _to_come(now: datetime, shift: str = "") -> models.Q:
    return models.Q(
        **{
            f"{shift}state": Shift.State.SCHEDULED,
            f"{shift}activity__state": Activity.State.PUBLISHED,
            f"{shift}starts_at__gt": now,
        }
    )


def _starting(pairs: Pairs, rows: models.QuerySet, field: str) -> set[tuple[int, str]]:
    """Pairs of these rows whose slot ends with the start."""
    starts = dict(_of(pairs, rows).values_list("pk", field))
    return _matching(
        pairs,
        lambda pk, slot: pk in starts and slot.endswith(f"@{stamp(starts[pk])}"),
    )


def _of(pairs: Pairs, rows: models.QuerySet) -> models.QuerySet:
    return rows.filter(pk__in={pk for pk, _slot in pairs}).order_by()


def _matching(pairs: Pairs, holds: Callable[[int, str], bool]) -> set[tuple[int, str]]:
    return {pair for pair in pairs if holds(*pair)}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
