"""Makes and counts the rows of the reminder test; run as a program.

`make` signs one person up for a shift in 47 hours; `count` prints how many
reminders the inbox holds and where their mail stands; `twice` rings for the job
twice more.
"""

import json
import sys

import django

django.setup()

from datetime import timedelta  # noqa: E402

from celery import current_app  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Notification, User  # noqa: E402
from tests.live.race_data import make_shift  # noqa: E402
from volunteers.actions import sign_up, volunteer_of  # noqa: E402


def make() -> None:
    """One confirmed sign-up whose first reminder is due."""
    user = User.objects.create(
        username="reminded", display_name="示例", email="reminded@example.invalid"
    )
    shift = make_shift(places=1, waitlist=0, starts_in=timedelta(hours=47))
    sign_up(shift=shift, volunteer=volunteer_of(user), now=timezone.now())


def count() -> list[str]:
    """The states of the mail of all reminders in the inbox."""
    reminders = Notification.objects.filter(kind="shift_reminder")
    return list(reminders.values_list("outbox_state", flat=True))


def twice() -> None:
    """Ask for both jobs twice, as a second beat would."""
    for _time in range(2):
        current_app.send_task("volunteers.plan_shift_reminders")
        current_app.send_task("accounts.deliver_notifications")


if __name__ == "__main__":
    print(json.dumps({"make": make, "count": count, "twice": twice}[sys.argv[1]]()))
