"""Makes and counts the rows of the sign-up race; run as a program.

`make PEOPLE PLACES` prints the shift's number and a session key for each person;
`count SHIFT` prints what the database holds afterwards.
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
from django.utils import timezone  # noqa: E402

from accounts.models import Notification, User  # noqa: E402
from campaigns.models import Activity, Campaign, Initiative  # noqa: E402
from communities.actions import save_organization  # noqa: E402
from communities.models import Organization  # noqa: E402
from core.models import AuditEntry  # noqa: E402
from volunteers.models import Shift, Volunteer  # noqa: E402


def make(people: int, places: int) -> dict[str, object]:
    """One published shift and that many signed-in people."""
    shift = make_shift(places, people)
    return {"shift": shift.pk, "sessions": [_session(n) for n in range(people)]}


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
        ends_at=starts_at + timedelta(hours=2),
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


def _session(number: int) -> str:
    user = User.objects.create(username=f"race{number}", display_name="示例")
    Volunteer.objects.create(user=user)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def count(shift_id: int) -> dict[str, object]:
    """What the shift's rows and its counters say."""
    shift = Shift.objects.get(pk=shift_id)
    return {
        "confirmed": shift.signups.confirmed().count(),
        "positions": list(
            shift.signups.waitlisted().values_list("position", flat=True)
        ),
        "taken": shift.taken,
        "waiting": shift.waiting,
        "audit": AuditEntry.objects.filter(
            verb__startswith="volunteers.signup"
        ).count(),
        "inbox": Notification.objects.count(),
    }


if __name__ == "__main__":
    command, *numbers = sys.argv[1:]
    answer = {"make": make, "count": count}[command](*map(int, numbers))
    print(json.dumps(answer))
