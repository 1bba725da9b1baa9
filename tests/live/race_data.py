"""Makes and counts the rows of the sign-up races; run as a program.

`make PEOPLE PLACES` prints session keys and the numbers of three shifts: `hot` with
PLACES free, `storm` with some signed up already, `single` with a few places.
`count SHIFT` prints what the database holds about a shift afterwards.
"""

import json
import sys

import django

django.setup()

from datetime import date, timedelta  # noqa: E402

from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from accounts.models import Notification, User  # noqa: E402
from campaigns.models import Activity, Campaign, Initiative  # noqa: E402
from communities.actions import save_organization  # noqa: E402
from communities.models import Membership, Organization  # noqa: E402
from core.models import AuditEntry  # noqa: E402
from volunteers.models import Shift, Signup, Volunteer  # noqa: E402

HELD = 90  # signed up for the storm's shift before it breaks
SINGLE_PLACES = 5


def make(people: int, places: int) -> dict[str, object]:
    """A crowd that is signed in, an editor of shifts, and three shifts."""
    hot = make_shift(places, people)
    storm = another_shift(hot, days=1, capacity=100, waitlist_capacity=people)
    single = another_shift(
        hot, days=2, capacity=SINGLE_PLACES, waitlist_capacity=people
    )
    editor = User.objects.create(username="editor", display_name="示例联络员")
    Membership.objects.create(
        user=editor,
        role=Membership.Role.UNIT,
        organization=hot.activity.organization,
        starts_on=date(2020, 1, 1),
    )
    User.objects.bulk_create(
        User(username=f"race{n}", display_name="示例") for n in range(people)
    )
    crowd = list(User.objects.filter(username__startswith="race").order_by("pk"))
    Volunteer.objects.bulk_create(Volunteer(user=user) for user in crowd)
    return {
        "hot": hot.pk,
        "storm": storm.pk,
        "single": single.pk,
        "held": fill(storm, crowd[:HELD]),
        "sessions": sessions_of(crowd),
        "editor": sessions_of([editor])[0],
    }


def make_shift(
    places: int, waitlist: int, starts_in: timedelta = timedelta(days=3)
) -> Shift:
    """A shift of a published activity."""
    organization = save_organization(
        organization=Organization(
            name="示例工委",
            kind=Organization.Kind.WORKING_COMMITTEE,
            unit_name="示例工委",
            starts_on=date(2020, 1, 1),
        ),
        by=None,
    )
    campaign = Campaign.objects.create(
        title="示例行动", starts_on=date(2020, 1, 1), state=Campaign.State.ACTIVE
    )
    initiative = Initiative.objects.first()
    starts_at = timezone.now() + starts_in
    activity = Activity.objects.create(
        campaign=campaign,
        organization=organization,
        pillar=initiative.pillar,
        initiative=initiative,
        title="示例活动",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=5),
        place="示例广场",
        state=Activity.State.PUBLISHED,
    )
    return Shift.objects.create(
        activity=activity,
        title="示例岗位",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="示例广场",
        capacity=places,
        waitlist_capacity=waitlist,
        signup_closes_at=starts_at - timedelta(hours=24),
    )


def another_shift(shift: Shift, *, days: float, **values: object) -> Shift:
    """A shift of the same activity, days later."""
    later = timedelta(days=days)
    return Shift.objects.create(
        activity=shift.activity,
        title=f"示例岗位{days}",
        starts_at=shift.starts_at + later,
        ends_at=shift.ends_at + later,
        place=shift.place,
        signup_closes_at=shift.signup_closes_at + later,
        **values,
    )


def fill(shift: Shift, users: list[User]) -> list[int]:
    """Their confirmed sign-ups, in the order of the people."""
    people = dict(Volunteer.objects.values_list("user_id", "pk"))
    Signup.objects.bulk_create(
        Signup(shift=shift, volunteer_id=people[user.pk], state=Signup.State.CONFIRMED)
        for user in users
    )
    Shift.objects.filter(pk=shift.pk).update(taken=len(users))
    return list(shift.signups.order_by("pk").values_list("pk", flat=True))


def sessions_of(users: list[User]) -> list[str]:
    """A session for each person; returns the keys."""
    store, ends_at = SessionStore(), timezone.now() + timedelta(days=1)
    rows = [
        Session(
            session_key=get_random_string(32).lower(),
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=ends_at,
        )
        for user in users
    ]
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def count(shift_id: int) -> dict[str, object]:
    """What the shift's rows and its counters say."""
    shift = Shift.objects.get(pk=shift_id)
    signups = shift.signups
    numbers = list(signups.values_list("pk", flat=True))
    kept = signups.exclude(state__in=["cancelled", "lapsed"])
    return {
        "confirmed": signups.confirmed().count(),
        "placed": signups.placed().count(),
        "positions": list(signups.waitlisted().values_list("position", flat=True)),
        "cancelled": signups.filter(state="cancelled").count(),
        "people": kept.values("volunteer").distinct().count(),
        "kept": kept.count(),
        "taken": shift.taken,
        "waiting": shift.waiting,
        "capacity": shift.capacity,
        "audit": _made(numbers),
        "inbox": Notification.objects.filter(
            kind="signup_made", object_id__in=numbers
        ).count(),
    }


def _made(signups: list[int]) -> int:
    """Audit lines of sign-ups just made; a move of state says what was before."""
    entries = AuditEntry.objects.filter(
        target_type=Signup._meta.label, target_id__in=signups
    )
    return sum("before" not in entry.data for entry in entries)


if __name__ == "__main__":
    command, *numbers = sys.argv[1:]
    answer = {"make": make, "count": count}[command](*map(int, numbers))
    print(json.dumps(answer))
