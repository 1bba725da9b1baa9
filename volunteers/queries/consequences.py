"""What cancelling shifts would mean, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from volunteers.models import Invitation, Shift, Signup


@dataclass
class ShiftLoss:
    """What hangs on one shift: sign-ups by state, companions, people invited."""

    shift: Shift
    confirmed: int = 0
    offered: int = 0
    waitlisted: int = 0
    companions: int = 0
    invited: int = 0


@dataclass(frozen=True)
class Consequences:
    """One row a shift; `messages` people are told, each once."""

    rows: list[ShiftLoss]
    messages: int


def consequences_of(shifts: Sequence[Shift], *, is_whole: bool) -> Consequences:
    """What cancelling the shifts would mean; `is_whole` when it is one activity.

    Takes three queries, however many shifts.
    """
    rows = {shift.pk: ShiftLoss(shift) for shift in shifts}
    live = Signup.objects.live().filter(shift__in=rows).order_by()
    for pk, state, people, heads in live.values_list("shift", "state").annotate(
        Count("pk"), Sum("heads")
    ):
        setattr(rows[pk], state, people)
        rows[pk].companions += heads - people
    # All of them: who said "no, thanks" is not to be read off a count.
    invited = Invitation.objects.filter(shift__in=rows).order_by()
    for pk, count in invited.values_list("shift").annotate(Count("pk")):
        rows[pk].invited = count
    told = live.values("volunteer").distinct() if is_whole else live
    return Consequences(list(rows.values()), told.count())
