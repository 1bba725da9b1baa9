"""Makes the rows of the tests of faults; run as a program, prints JSON.

`signups PEOPLE HOURS` signs people up for shifts that start in so many hours;
`messages PEOPLE` tells each of them something, each in a transaction of its own.
"""

import json
import sys

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import QuietHours, User  # noqa: E402
from accounts.notifications import Message, notify  # noqa: E402
from tests.live.race_data import another_shift, fill, make_shift  # noqa: E402
from volunteers.models import Signup, Volunteer  # noqa: E402

PLACES = 500


def signups(people: int, hours: int) -> int:
    """Confirmed sign-ups, 500 a shift; returns how many."""
    crowd = make_people(people)
    first = make_shift(PLACES, 0, starts_in=timedelta(hours=hours))
    shifts = [first] + [
        another_shift(first, days=0, capacity=PLACES)
        for _shift in range(1, -(-people // PLACES))
    ]
    for place, shift in enumerate(shifts):
        fill(shift, crowd[place * PLACES : (place + 1) * PLACES])
    # Their place was sure before the moment of the reminder, or it is not for them.
    Signup.objects.update(state_changed_at=timezone.now() - timedelta(days=7))
    return len(crowd)


def make_people(people: int) -> list[User]:
    """Volunteers with a mail address, reached at any hour."""
    User.objects.bulk_create(
        User(username=f"p{n}", display_name="示例", email=f"p{n}@example.invalid")
        for n in range(people)
    )
    crowd = list(User.objects.filter(username__startswith="p").order_by("pk"))
    Volunteer.objects.bulk_create(Volunteer(user=user) for user in crowd)
    QuietHours.objects.bulk_create(QuietHours(user=user, is_on=False) for user in crowd)
    return crowd


def messages(people: int) -> int:
    """A message to each, each rings the bell; returns how many."""
    for user in make_people(people):
        with transaction.atomic():
            notify([message_to(user)], now=timezone.now())
    return people


def message_to(user: User) -> Message:
    return Message(
        recipient_id=user.pk,
        kind="record_confirmed",
        target=user,
        title="示例消息",
        body="示例内容",
        has_email=True,
    )


if __name__ == "__main__":
    command, *numbers = sys.argv[1:]
    answer = {"signups": signups, "messages": messages}[command](*map(int, numbers))
    print(json.dumps(answer))
