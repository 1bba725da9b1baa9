"""Reminders: planned, routed, sent, each step in a process of its own."""

import json
from dataclasses import asdict
from datetime import datetime, time, timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from accounts.models import Delivery, Notification
from accounts.notifications.routing import route_due
from bench.figures import Spent, spend
from bench.mails import send_in_turns
from bench.reminder_rows import seed_reminders
from volunteers.actions.reminders import plan_shift_reminders

BARE = """
INSERT INTO accounts_notification (recipient_id, kind, object_type, object_id, slot,
  title, body, path, created_at, due_at, is_shown, outbox_state)
SELECT v.user_id, 'shift_reminder', 'volunteers.Signup', s.id, 'T-48',
  '活动提醒：示例岗位', repeat('示例正文', 20), '/shifts/1/', now(), now(), true, 'due'
FROM volunteers_signup s JOIN volunteers_volunteer v ON v.id = s.volunteer_id
WHERE s.state = 'confirmed'
ON CONFLICT DO NOTHING
"""
STEPS = ("seed", "bare", "plan", "again", "route", "send")


class Command(BaseCommand):
    help = "One step of the bench of reminders; prints JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=STEPS)
        parser.add_argument("--count", type=int, default=0)

    def handle(self, *args: object, step: str, count: int, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        self.stdout.write(json.dumps(getattr(self, step)(count)))

    def seed(self, count: int) -> dict:
        return {"shifts": seed_reminders(count, now=_noon())}

    def bare(self, count: int) -> dict:
        """The plain statement that writes as many rows into the same table."""
        _empty()
        with connection.cursor() as cursor:
            return _told(spend(lambda: cursor.execute(BARE)), count)

    def plan(self, count: int) -> dict:
        _empty()
        return _told(spend(lambda: plan_shift_reminders(now=_noon())), count)

    def again(self, count: int) -> dict:
        """A second run, as beat makes it each minute; nothing new."""
        return _told(spend(lambda: plan_shift_reminders(now=_noon())), count)

    def route(self, count: int) -> dict:
        spent = spend(lambda: route_due(now=_noon()))
        routed = Delivery.objects.filter(send_state="due").count()
        _expect(routed, count)
        return asdict(spent)

    def send(self, count: int) -> dict:
        return send_in_turns(_noon())


def _noon() -> datetime:
    """Tomorrow at noon, so that no quiet hours hold anything back."""
    day = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(12)))


def _empty() -> None:
    with connection.cursor() as cursor:
        # Also up to when all was planned: each round plans it anew.
        cursor.execute("TRUNCATE accounts_notification, core_periodicjob CASCADE")
        cursor.execute("VACUUM ANALYZE accounts_notification")
        cursor.execute("CHECKPOINT")


def _told(spent: Spent, count: int) -> dict:
    _expect(Notification.objects.count(), count)
    return asdict(spent)


def _expect(found: int, count: int) -> None:
    """What was measured really happened."""
    if found != count:
        raise RuntimeError(f"{found} of {count}")
