"""Who is on the roll of a shift."""

from dataclasses import dataclass, field

from volunteers.models import Companion, Shift, Signup


@dataclass
class Roll:
    """Sign-ups of a shift: on the roll, with a place offered, waiting; in order.

    Those on the roll have `companions`: whose place the sign-up holds.
    """

    expected: list[Signup] = field(default_factory=list)
    offered: list[Signup] = field(default_factory=list)
    waiting: list[Signup] = field(default_factory=list)

    @property
    def has_posts(self) -> bool:
        """Whether anybody signed up for a post."""
        rows = self.expected + self.offered + self.waiting
        return any(row.post_id for row in rows)


def roll_of(shift: Shift) -> Roll:
    """The roll as it is now, in two queries."""
    roll = Roll()
    signups = shift.signups.exclude(state__in=Signup.GONE_STATES).order_by("pk")
    companions = _companions_on(shift)
    for row in signups.select_related("volunteer__user", "post"):
        if row.state == Signup.State.WAITLISTED:
            roll.waiting.append(row)
        elif row.is_offered:
            roll.offered.append(row)
        else:
            row.companions = companions.get((row.group_id, row.volunteer_id), [])
            roll.expected.append(row)
    roll.waiting.sort(key=lambda row: (not row.is_moved, row.position))
    roll.offered.sort(key=lambda row: row.offer_ends_at)
    return roll


def _companions_on(shift: Shift) -> dict[tuple[int, int], list[Companion]]:
    """Group and contact to those whose place the contact's sign-up holds."""
    companions = Companion.objects.filter(
        group__shift=shift, signup=None, left_at=None
    ).select_related("group")
    found: dict[tuple[int, int], list[Companion]] = {}
    for row in companions:
        found.setdefault((row.group_id, row.group.contact_id), []).append(row)
    return found
