"""The rows of a large report, made in a running portal.

As an import would, it writes no line of audit.
"""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity, Campaign, Initiative
from communities.models import Organization
from tests.live.race_data import another_shift, fill
from volunteers.models import Shift, Volunteer


def make(people: int, shifts: int, title: str, name: str) -> int:
    """So many people of that name, each with a number, in each of so many shifts.

    They begin later than anybody is reminded. Returns how many sign-ups that are.
    """
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
