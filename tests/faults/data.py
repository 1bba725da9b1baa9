"""Makes the rows of the tests of faults; run as a program, prints JSON.

`signups PEOPLE SECONDS` signs people up for shifts that start in so many seconds.
`messages PEOPLE` tells each of them something, each in a transaction of its own.
`visitors PEOPLE OTHERS` makes a shift, sessions of people who want to sign up, and
so many other shifts that one person each has signed up for.
`planned SECONDS` says that reminders were planned until so many seconds ago.
`rollback PEOPLE` writes messages, rings, and rolls back, in two ways.
`stuck` counts what staff see as stuck a quarter of an hour from now.
"""

import json
import sys

import django

django.setup()

import time  # noqa: E402
from datetime import date, timedelta  # noqa: E402

from celery import current_app  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import STUCK_AFTER, Delivery, QuietHours, User  # noqa: E402
from accounts.notifications import BELL, Message, notify  # noqa: E402
from communities.models import Membership  # noqa: E402
from core.models import PeriodicJob  # noqa: E402
from tests.live.race_data import (  # noqa: E402
    another_shift,
    fill,
    make_shift,
    sessions_of,
)
from volunteers.actions.reminders import UNTIL  # noqa: E402
from volunteers.models import Shift, Signup, Volunteer  # noqa: E402

PLACES = 500
PASSWORD = "Fault-river-2026"
OPEN_SECONDS = 5


def signups(people: int, seconds: int) -> int:
    """Confirmed sign-ups, at most 500 a shift; returns how many."""
    crowd = make_people(people)
    first = _shift_in(timedelta(seconds=seconds))
    shifts = [first] + [
        another_shift(first, days=0, capacity=PLACES)
        for _shift in range(1, -(-people // PLACES))
    ]
    for place, shift in enumerate(shifts):
        fill(shift, crowd[place * PLACES : (place + 1) * PLACES])
    # Their place was sure before the moment of the reminder, or it is not for them.
    Signup.objects.filter(shift__in=shifts).update(
        state_changed_at=timezone.now() - timedelta(days=7)
    )
    return len(crowd)


def _shift_in(starts_in: timedelta) -> Shift:
    """A shift that starts then, of the activity that may be there already."""
    there = Shift.objects.filter(activity__campaign__title="示例行动").first()
    if there is None:
        return make_shift(PLACES, 0, starts_in=starts_in)
    later = timezone.now() + starts_in - there.starts_at
    return another_shift(there, days=later / timedelta(days=1), capacity=PLACES)


def make_people(people: int) -> list[User]:
    """Volunteers with a mail address, reached at any hour."""
    first = User.objects.filter(username__startswith="fault-").count()
    names = [f"fault-{n}" for n in range(first, first + people)]
    User.objects.bulk_create(
        User(username=name, display_name="示例", email=f"{name}@example.invalid")
        for name in names
    )
    crowd = list(User.objects.filter(username__in=names).order_by("pk"))
    Volunteer.objects.bulk_create(Volunteer(user=user) for user in crowd)
    QuietHours.objects.bulk_create(QuietHours(user=user, is_on=False) for user in crowd)
    return crowd


def messages(people: int) -> list[str]:
    """A message to each, each rings the bell; returns their addresses."""
    crowd = make_people(people)
    for user in crowd:
        with transaction.atomic():
            notify([message_to(user)], now=timezone.now())
    return [user.email for user in crowd]


def message_to(user: User) -> Message:
    return Message(
        recipient_id=user.pk,
        kind="record_confirmed",
        target=user,
        title="示例消息",
        body="示例内容",
        has_email=True,
    )


def visitors(people: int, others: int) -> dict[str, object]:
    """A shift with a place for each, their sessions, its editor, and a password."""
    shift = make_shift(people, 0, starts_in=timedelta(days=5))
    taken = [another_shift(shift, days=1, capacity=1) for _other in range(others)]
    for one, user in zip(taken, make_people(others), strict=True):
        fill(one, [user])
    editor = User.objects.create(username="editor", display_name="示例联络员")
    editor.set_password(PASSWORD)
    editor.save()
    Membership.objects.create(
        user=editor,
        role=Membership.Role.UNIT,
        organization=shift.activity.organization,
        starts_on=date(2020, 1, 1),
    )
    return {
        "shift": shift.pk,
        "others": [one.pk for one in taken],
        "sessions": sessions_of(make_people(people)),
        "editor": sessions_of([editor])[0],
        "password": PASSWORD,
    }


def planned(seconds: int) -> int:
    """As if no worker had run since; returns the number of the row."""
    moment = timezone.now() - timedelta(seconds=seconds)
    job, _is_new = PeriodicJob.objects.update_or_create(
        name=UNTIL, defaults={"slot": moment}
    )
    return job.pk


class _Regretted(Exception):
    """What a faulty action raises after it has written and rung."""


def rollback(people: int) -> int:
    """Messages of a transaction and of a savepoint that roll back; how many."""
    crowd = make_people(2 * people)
    try:
        with transaction.atomic():
            notify([message_to(user) for user in crowd[:people]], now=timezone.now())
            current_app.send_task(BELL)
            time.sleep(OPEN_SECONDS)
            raise _Regretted
    except _Regretted:
        pass
    with transaction.atomic():
        Shift.objects.update(title="示例岗位")
        try:
            with transaction.atomic():
                notify([message_to(user) for user in crowd[people:]])
                raise _Regretted
        except _Regretted:
            pass
    current_app.send_task(BELL)
    return len(crowd)


def stuck() -> int:
    """What staff are shown as stuck once it has been so for long enough."""
    return Delivery.objects.stuck(timezone.now() + STUCK_AFTER).count()


if __name__ == "__main__":
    command, *numbers = sys.argv[1:]
    act = {
        "signups": signups,
        "messages": messages,
        "visitors": visitors,
        "planned": planned,
        "rollback": rollback,
        "stuck": stuck,
    }[command]
    print(json.dumps(act(*map(int, numbers))))
