"""People who are signed in, and shifts they all want; for measuring over HTTP."""

import json
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from bench.bare_app.models import BareShift
from volunteers.models import Shift, Signup


class Command(BaseCommand):
    help = "Print sessions of PEOPLE, and new shifts with the PLACES given, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("people", type=int)
        parser.add_argument("places", type=int, nargs="*")
        parser.add_argument("--count", type=int, default=0, help="count this shift")

    def handle(
        self, *args: object, people: int, places: list[int], count: int, **rest: object
    ) -> None:
        if count:
            self.stdout.write(json.dumps(_counted(count)))
            return
        first = Shift.objects.order_by("-starts_at").first()
        shifts = [_shift(first, number, room) for number, room in enumerate(places, 1)]
        answer = {
            "sessions": _sessions(people),
            "shifts": [shift.pk for shift in shifts],
            "bare": list(
                BareShift.objects.order_by("pk").values_list("pk", flat=True)[:1]
            ),
        }
        self.stdout.write(json.dumps(answer))


def _shift(last: Shift, number: int, places: int) -> Shift:
    """Far behind all others, so that nobody's shifts clash."""
    starts_at = last.starts_at + timedelta(days=2 * number)
    return Shift.objects.create(
        activity_id=last.activity_id,
        title=f"示例抢手岗位{number}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="示例广场",
        capacity=places,
        waitlist_capacity=10_000,
        signup_closes_at=starts_at - timedelta(hours=24),
    )


def _sessions(people: int) -> list[str]:
    users = User.objects.filter(username__regex=r"^bench\d").order_by("pk")[:people]
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


def _counted(shift_id: int) -> dict[str, object]:
    signups = Signup.objects.filter(shift_id=shift_id)
    return {
        "confirmed": signups.confirmed().count(),
        "positions": list(signups.waitlisted().values_list("position", flat=True)),
        "taken": Shift.objects.get(pk=shift_id).taken,
    }
