"""Star levels: for the person alone, and only who asked for them."""

from dataclasses import dataclass

from django.db.models import Sum

from volunteers.models import ServiceRecord, StarLevel, Volunteer


@dataclass(frozen=True)
class Stars:
    """The level reached (None below the first), the next, and the minutes to it."""

    level: StarLevel | None
    following: StarLevel | None
    minutes_left: int


def stars_of(volunteer: Volunteer) -> Stars | None:
    """The person's own star level; None for who did not ask to see it.

    Persons are never compared: nothing but the person's own page may call this.
    Source: PRODUCT section 4, voluntary means voluntary.
    """
    if volunteer.pk is None or not volunteer.shows_stars:
        return None
    records = ServiceRecord.objects.confirmed().filter(volunteer=volunteer)
    minutes = records.aggregate(sum=Sum("minutes"))["sum"] or 0
    levels = list(StarLevel.objects.order_by("hours"))
    reached = [level for level in levels if level.hours * 60 <= minutes]
    ahead = levels[len(reached) :]
    return Stars(
        level=reached[-1] if reached else None,
        following=ahead[0] if ahead else None,
        minutes_left=ahead[0].hours * 60 - minutes if ahead else 0,
    )
