"""The counts a shift keeps, against the rows they stand for."""

from volunteers.models import Shift


def counts_of(shift):
    """The stored counts, read anew."""
    return Shift.objects.values("taken", "waiting").get(pk=shift.pk)


def assert_counts_match(shift):
    """The stored counts equal the rows, and nobody is above capacity."""
    shift = Shift.objects.get(pk=shift.pk)
    rows = (shift.signups.confirmed().count(), shift.signups.waitlisted().count())
    assert (shift.taken, shift.waiting) == rows
    assert shift.taken <= shift.capacity
