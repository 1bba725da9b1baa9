"""Demonstration messages: inboxes with a past, and an outbox with something to settle.

What the actions said while the demonstration was made is spread over the weeks before
today. Of what is not from today, each person was sent three a day and a digest.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import Channel, Delivery, Notification, User
from accounts.notifications.choices import set_choices, set_quiet_hours
from accounts.notifications.digests import DIGEST
from accounts.notifications.kind_settings import save_text
from accounts.notifications.kinds import kind_of
from core.models import PeriodicJob
from volunteers.actions import cancel_shift, plan_shift_reminders, sign_up
from volunteers.actions.reminders import UNTIL
from volunteers.models import Signup
from xiangcheng_portal.demo.stage import DAY, DAYS_BACK, HOUR, Stage

OutboxState, SendState = Notification.OutboxState, Delivery.SendState
# What is older than this has been read, but for one in so many.
READ_AFTER, LEFT_UNREAD = 2 * DAY, 8
OPENS, OFFICE_HOURS = 8, 12
# People work through their desks: so many messages come soon after each other.
BURST, APART = 5, timedelta(minutes=25)
MINUTE = timedelta(minutes=1)
REFUSED = "550 5.1.1 <***>: Recipient address rejected: User unknown"


def make_messages(stage: Stage) -> None:
    """What the clock would have said, a past for all of it, and people's choices."""
    _remind_of_tomorrow(stage)
    _cancel_a_shift(stage)
    rows = _spread_over_the_past(stage.now)
    due = [row for row in rows if row.outbox_state == OutboxState.DUE]
    _send_the_past(due, stage.now)
    _let_two_fail(stage.now)
    _choose(stage.sign_ins["volunteer"])
    _write_own_words(stage.sign_ins["office"])


def _remind_of_tomorrow(stage: Stage) -> None:
    """Two days before, as the job would have; the portal itself starts only now."""
    Signup.objects.filter(shift__starts_at=stage.at(1, 9)).update(
        state_changed_at=stage.at(-3, 9)
    )
    plan_shift_reminders(now=stage.at(-1, 9, 5))
    PeriodicJob.objects.filter(name=UNTIL).update(slot=stage.now)


def _cancel_a_shift(stage: Stage) -> None:
    starts_at = stage.at(3, 19)
    shift = stage.shift("daily", "公园长椅擦洗", starts_at, starts_at + 2 * HOUR)
    for volunteer in [stage.me, *stage.volunteers[22:25]]:
        sign_up(shift=shift, volunteer=volunteer, now=stage.now - 2 * DAY)
    reason = "气象部门预报有大雨，改期另行通知。"
    cancel_shift(shift=shift, reason=reason, by=stage.unit, now=stage.now)


def _spread_over_the_past(now: datetime) -> list[Notification]:
    """All messages; each person's over the weeks, the more the nearer to today."""
    by_person = defaultdict(list)
    for row in Notification.objects.order_by("-pk"):
        by_person[row.recipient_id].append(row)
    rows = []
    for own in by_person.values():
        for place, row in enumerate(own, start=1):
            row.created_at = min(
                _daytime(now, _age(place, len(own))), now - place * MINUTE
            )
            if row.outbox_state != OutboxState.INBOX and row.expires_at is None:
                row.due_at = row.created_at
            is_old = row.created_at < now - READ_AFTER
            is_read = is_old and place % LEFT_UNREAD
            row.read_at = row.created_at + 5 * HOUR if is_read else None
            rows.append(row)
    Notification.objects.bulk_update(rows, ["created_at", "due_at", "read_at"])
    return rows


def _age(place: int, of: int) -> timedelta:
    """How long ago the message of this place came; the latest has the first."""
    bursts, since = divmod(place, BURST)
    return DAYS_BACK * DAY * (bursts * BURST / of) ** 2 + since * APART


def _daytime(now: datetime, age: timedelta) -> datetime:
    """So long ago, by day: the hours of the clock are pressed into those of work."""
    local = timezone.localtime(now - age)
    midnight = datetime.combine(local, time(), tzinfo=local.tzinfo)
    return midnight + OPENS * HOUR + (local - midnight) * (OFFICE_HOURS / 24)


def _send_the_past(rows: list[Notification], now: datetime) -> None:
    """What was due before today has gone out; the rest is left to the worker."""
    days = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.pk):
        days[row.recipient_id, timezone.localdate(row.due_at)].append(row)
    sent = [
        row
        for (_recipient, day), said in days.items()
        if day < timezone.localdate(now)
        for row in _route(said, day)
    ]
    Notification.objects.bulk_update(rows, ["outbox_state", "counted_on", "digest"])
    held = Delivery.objects.bulk_create(_sent(row) for row in sent)
    for delivery in held:
        delivery.created_at = delivery.due_at
    Delivery.objects.bulk_update(held, ["created_at"])


def _route(said: list[Notification], day: date) -> list[Notification]:
    """Three of a person's day go out by themselves; returns these and the digest."""
    sure = [row for row in said if kind_of(row.kind).must_arrive]
    usual = [row for row in said if row not in sure]
    alone = usual[: settings.DAILY_MESSAGES]
    for row in sure + alone:
        row.outbox_state = OutboxState.ROUTED
    for row in alone:
        row.counted_on = day
    folded = usual[len(alone) :]
    return sure + alone + ([_fold(folded, day)] if folded else [])


def _fold(rows: list[Notification], day: date) -> Notification:
    """The digest of that day, which these were put into."""
    at = timezone.make_aware(datetime.combine(day, settings.DIGEST_AT))
    recipient_id = rows[0].recipient_id
    digest = Notification.objects.create(
        recipient_id=recipient_id,
        kind=DIGEST,
        object_type=User._meta.label,
        object_id=recipient_id,
        slot=day.isoformat(),
        title=str(kind_of(DIGEST).label),
        due_at=at,
        read_at=at,
        is_shown=False,
        outbox_state=OutboxState.ROUTED,
    )
    Notification.objects.filter(pk=digest.pk).update(created_at=at)
    for row in rows:
        row.outbox_state, row.digest = OutboxState.FOLDED, digest
    return digest


def _sent(row: Notification) -> Delivery:
    return Delivery(
        notification=row,
        channel=Channel.MAIL,
        send_state=SendState.SENT,
        due_at=row.due_at,
        started_at=row.due_at + MINUTE,
        sent_at=row.due_at + MINUTE,
        attempts=1,
    )


def _let_two_fail(now: datetime) -> None:
    """A mail that was refused, and one whose worker ended while it was sending."""
    refused, stuck = Delivery.objects.filter(
        notification__recipient__username__in=["street", "community"],
        notification__is_shown=True,
    ).order_by("-due_at")[:2]
    refused.send_state, refused.error = SendState.FAILED, REFUSED
    stuck.send_state = SendState.SENDING
    for delivery in (refused, stuck):
        delivery.sent_at = None
        delivery.save()


def _choose(user: User) -> None:
    """No mail about hours that were confirmed, and shorter nights than others."""
    chosen = ("record_confirmed", Channel.MAIL.value)
    set_choices(user=user, choices={chosen: False}, by=user)
    set_quiet_hours(
        user=user, is_on=True, from_time=time(22, 30), until_time=time(7), by=user
    )


def _write_own_words(office: User) -> None:
    save_text(
        code="task_due_soon",
        variant="",
        title="任务快到期了：%(task)s",
        body="%(names)s的任务“%(task)s”将于%(day)s到期，还没有完成，"
        "请尽快填报进展。有困难请与文明办联系（示例文字）。",
        by=office,
    )
