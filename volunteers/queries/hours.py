"""Reads of one person's hours: the ledger, what may be disputed or entered late."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from campaigns.models import Activity
from core.dates import day_starts_at
from volunteers.models import HoursDispute, ServiceRecord, Shift, Signup
from volunteers.permissions import SETTLED_STATES, dispute_closes_on

MOST_SETTLED = 50
MOST_OF_A_CHAIN = 20
State = ServiceRecord.State


def ledger_of(user: User, *, year: int | None = None) -> models.QuerySet:
    """The person's records, whatever became of them, the latest service first."""
    records = ServiceRecord.objects.filter(volunteer__user_id=user.pk)
    if year is not None:
        records = records.filter(
            starts_at__gte=day_starts_at(date(year, 1, 1)),
            starts_at__lt=day_starts_at(date(year + 1, 1, 1)),
        )
    return records.select_related("activity", "organization__parent")


def ledger_sums(user: User, *, year: int | None = None) -> dict[str, int]:
    """Minutes that count, `confirmed`, and that may come to count, `waiting`."""
    waiting = models.Q(state__in=[State.RECORDED, State.IN_REVIEW])
    return (
        ledger_of(user, year=year)
        .order_by()
        .aggregate(
            confirmed=models.Sum(
                "minutes", filter=models.Q(state=State.CONFIRMED), default=0
            ),
            waiting=models.Sum("minutes", filter=waiting, default=0),
        )
    )


def ledger_years(user: User) -> list[int]:
    """The years in which the person has served, the latest first."""
    records = ServiceRecord.objects.filter(volunteer__user_id=user.pk).order_by()
    ends = records.aggregate(models.Min("starts_at"), models.Max("starts_at"))
    first, last = ends["starts_at__min"], ends["starts_at__max"]
    if first is None:
        return []
    years = range(timezone.localdate(first).year, timezone.localdate(last).year + 1)
    return list(reversed(years))


def settled_signups(user: User, *, now: datetime) -> list[Signup]:
    """What was settled lately and may still be disputed, the latest first.

    Each with `record`, the live one or None, and `dispute`, the latest or None.
    """
    since = now - timedelta(days=settings.DISPUTE_DAYS + 1)
    signups = list(
        Signup.objects.filter(
            volunteer__user_id=user.pk,
            state__in=SETTLED_STATES,
            state_changed_at__gte=since,
        )
        .select_related("shift__activity")
        .order_by("-shift__starts_at")[:MOST_SETTLED]
    )
    return with_record_and_dispute(signups, now=now)


def with_record_and_dispute(signups: list[Signup], *, now: datetime) -> list[Signup]:
    """The sign-ups with `record`, `dispute` and whether one `can_dispute`."""
    live = ServiceRecord.objects.live().filter(signup__in=signups)
    records = {record.signup_id: record for record in live}
    asked = HoursDispute.objects.filter(signup__in=signups).order_by("pk")
    disputes = {dispute.signup_id: dispute for dispute in asked}
    today = timezone.localdate(now)
    for signup in signups:
        signup.record = records.get(signup.pk)
        signup.dispute = disputes.get(signup.pk)
        waits = signup.dispute and signup.dispute.state == HoursDispute.State.OPEN
        signup.can_dispute = not waits and today <= dispute_closes_on(signup)
    return signups


def history_of_record(record: ServiceRecord) -> list[ServiceRecord]:
    """The record with all it corrects and is corrected by, the latest first."""
    chain = [record]
    while chain[-1].corrects_id and len(chain) < MOST_OF_A_CHAIN:
        chain.append(chain[-1].corrects)
    while len(chain) < MOST_OF_A_CHAIN:
        later = ServiceRecord.objects.filter(corrects=chain[0]).first()
        if later is None:
            break
        chain.insert(0, later)
    return chain


def activities_for_late_entry(
    user: User, *, now: datetime, text: str = ""
) -> models.QuerySet:
    """Activities of the last weeks for which the person may enter hours late."""
    first = timezone.localdate(now) - timedelta(days=settings.LATE_ENTRY_DAYS)
    activities = (
        Activity.objects.visible_to(user)
        .filter(
            counts_as_service=True, starts_at__lt=now, ends_at__gte=day_starts_at(first)
        )
        .exclude(state__in=[Activity.State.DRAFT, Activity.State.CANCELLED])
    )
    if text:
        activities = activities.filter(
            models.Q(title__icontains=text) | Activity.matching(text)
        )
    return activities.select_related("organization", "community").order_by(
        "-starts_at", "-pk"
    )


@dataclass(frozen=True)
class ShiftHours:
    """What a shift that is over says about hours to this reader."""

    signup: Signup | None
    can_settle: bool
    due_on: date | None = None
    due_text: str = ""


def own_settled_signup(user: User, shift: Shift, *, now: datetime) -> Signup | None:
    """The reader's settled sign-up for the shift, with record and dispute."""
    own = shift.signups.filter(volunteer__user_id=user.pk, state__in=SETTLED_STATES)
    rows = with_record_and_dispute(list(own[:1]), now=now)
    return rows[0] if rows else None
