"""Makes the rows of a large report in a running portal; run as a program.

`PEOPLE SHIFTS TITLE NAME` lets so many people of that name, with a number each, sign
up for so many shifts of an activity of that title and prints how many sign-ups that
were. As an import would, it writes no line of audit.
"""

import sys

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from campaigns.models import Activity, Campaign, Initiative  # noqa: E402
from communities.models import Organization  # noqa: E402
from tests.live.race_data import another_shift, fill  # noqa: E402
from volunteers.models import Shift, Volunteer  # noqa: E402


def make(people: int, shifts: int, title: str, name: str) -> int:
    """Everybody is in every shift; they begin later than anybody is reminded."""
    User.objects.bulk_create(
        User(
            username=f"month{number}",
            display_name=f"{name}{number}",
            phone=f"+861390001{number:04d}",
        )
        for number in range(people)
    )
    crowd = list(User.objects.filter(username__startswith="month").order_by("pk"))
    Volunteer.objects.bulk_create(Volunteer(user=user) for user in crowd)
    first = _first_shift(people, title)
    for days in range(1, shifts):
        fill(another_shift(first, days=days, capacity=people), crowd)
    return people + len(fill(first, crowd)) * (shifts - 1)


def _first_shift(capacity: int, title: str) -> Shift:
    initiative = Initiative.objects.first()
    starts_at = timezone.now() + timedelta(days=20)
    activity = Activity.objects.create(
        campaign=Campaign.objects.get(state=Campaign.State.ACTIVE),
        organization=Organization.objects.earliest("pk"),
        pillar=initiative.pillar,
        initiative=initiative,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=40),
        place="示例广场",
        state=Activity.State.PUBLISHED,
    )
    return Shift.objects.create(
        activity=activity,
        title="示例岗位",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="示例广场",
        capacity=capacity,
        waitlist_capacity=0,
        signup_closes_at=starts_at - timedelta(hours=24),
    )


if __name__ == "__main__":
    people, shifts, *names = sys.argv[1:]
    print(make(int(people), int(shifts), *names))
