"""The counts a shift keeps, against the rows they stand for."""

from volunteers.models import Shift


def counts_of(shift):
    """The stored counts, read anew."""
    return Shift.objects.values("taken", "waiting").get(pk=shift.pk)


def heads_of(signups):
    """The people the sign-ups stand for."""
    return sum(signups.values_list("heads", flat=True))


def assert_counts_match(shift):
    """The stored counts equal the rows, and nobody is above capacity."""
    shift = Shift.objects.get(pk=shift.pk)
    rows = (heads_of(shift.signups.placed()), heads_of(shift.signups.waitlisted()))
    assert (shift.taken, shift.waiting) == rows
    assert shift.taken <= shift.capacity
    for post in shift.posts.all():
        assert post.taken == heads_of(shift.signups.placed().filter(post=post))
        assert post.taken <= post.capacity
