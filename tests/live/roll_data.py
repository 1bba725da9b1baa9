"""Makes and counts the rows of the test of the roll; run as a program.

`make` prints a leader's session key, a shift that runs and its sign-ups; `count`
prints how each row of the attendance was written.
"""

import json
import sys

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from core.models import AuditEntry  # noqa: E402
from tests.live.race_data import make_shift  # noqa: E402
from volunteers.actions import sign_up, volunteer_of  # noqa: E402
from volunteers.models import Attendance  # noqa: E402


def make() -> dict[str, object]:
    """A shift that began half an hour ago with three people on its roll."""
    leader = User.objects.create(username="leader", display_name="示例负责人")
    people = [
        User.objects.create(username=f"person{n}", display_name=f"示例志愿者{n}")
        for n in range(3)
    ]
    shift = make_shift(places=5, waitlist=0, starts_in=timedelta(minutes=-30))
    shift.activity.leaders.add(leader)
    two_days_ago = timezone.now() - timedelta(days=2)
    type(shift).objects.update(signup_closes_at=timezone.now() - timedelta(days=1))
    client = Client()
    client.force_login(leader)
    return {
        "session": client.cookies["sessionid"].value,
        "path": f"/desk/shifts/{shift.pk}/day/",
        "signups": [_sign_up(shift, person, two_days_ago) for person in people],
    }


def _sign_up(shift, person: User, now) -> int:
    return sign_up(shift=shift, volunteer=volunteer_of(person), now=now).pk


def count() -> dict[str, object]:
    """Rows by sign-up: how they came and left, and the lines of the audit log."""
    rows = Attendance.objects.order_by("signup_id").values_list(
        "signup_id", "check_in_method", "check_out_method"
    )
    lines = AuditEntry.objects.filter(verb__startswith="volunteers.attendance_")
    return {"rows": list(rows), "lines": lines.count()}


if __name__ == "__main__":
    print(json.dumps({"make": make, "count": count}[sys.argv[1]]()))
