"""Row locks, taken in one order: activity, person, shift, sign-up; ids ascending."""

from campaigns.models import Activity
from volunteers.models import Shift, Volunteer


def lock_shift(pk: int) -> Shift:
    """The shift with its row locked until the transaction ends."""
    return (
        Shift.objects.select_for_update(of=("self",))
        .select_related("activity")
        .get(pk=pk)
    )


def lock_volunteers(pks: list[int], *, skip_locked: bool = False) -> list[Volunteer]:
    """The people with their rows locked, ids ascending."""
    return list(
        Volunteer.objects.select_for_update(of=("self",), skip_locked=skip_locked)
        .select_related("user")
        .filter(pk__in=pks)
        .order_by("pk")
    )


def lock_activity(pk: int) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).get(pk=pk)
