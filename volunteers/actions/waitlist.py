"""Free places go to those who wait."""

from datetime import datetime, timedelta

from django.conf import settings

from volunteers.actions.locks import lock_volunteers
from volunteers.models import Shift, Signup
from volunteers.notices.signups import signup_promoted
from volunteers.rules import (
    clashing_signup,
)

PROMOTION_CANDIDATES = 20


def first_waiting(shift_id: int, places: int = 1) -> list[int]:
    """Who waits longest, as volunteer ids: enough for the places, some may clash."""
    waiting = Signup.objects.filter(shift_id=shift_id).waitlisted()
    most = places + PROMOTION_CANDIDATES
    return list(waiting.values_list("volunteer_id", flat=True)[:most])


def promote(shift: Shift, *, now: datetime) -> list[Signup]:
    """Give the free places of the locked shift to the longest-waiting people.

    The caller has locked who waited before it locked the shift. Who came in between
    is locked here without waiting, against the order, so that nobody deadlocks.
    """
    freeze = timedelta(hours=settings.PROMOTION_FREEZE_HOURS)
    if not (shift.has_places and shift.waiting) or shift.starts_at - freeze <= now:
        return []
    first = first_waiting(shift.pk, shift.places_left)
    people = {person.pk: person for person in lock_volunteers(first, skip_locked=True)}
    promoted = []
    for signup in shift.signups.waitlisted().filter(volunteer__in=people):
        signup.shift, signup.volunteer = shift, people[signup.volunteer_id]
        if shift.has_places and clashing_signup(shift, signup.volunteer) is None:
            signup.move_to(Signup.State.CONFIRMED, by=None)
            shift.waiting -= 1
            shift.taken += 1
            signup_promoted(signup)
            promoted.append(signup)
    return promoted


def save_counts(shift: Shift) -> None:
    shift.save(update_fields=["taken", "waiting", "next_position"])
