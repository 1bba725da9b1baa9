"""Reads for a person's calendar feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse

from campaigns.models import Activity
from core.models import AuditEntry
from volunteers.models import Shift, Signup, Volunteer

KEPT = timedelta(days=60)  # after its end a shift stays in the feed so long
KEPT_CANCELLED = timedelta(days=30)  # and what was called off, after that
MOST = 500


@dataclass(frozen=True)
class Change:
    """How often something about an event changed, and when last."""

    times: int
    at: datetime


def volunteer_with_token(token: str) -> Volunteer | None:
    """Whose feed this is, or None; nobody's whose account is closed."""
    rows = Volunteer.objects.select_related("user").filter(user__is_active=True)
    return rows.filter(calendar_token=token).first()


def calendar_url(volunteer: Volunteer) -> str:
    """The secret address of the person's feed, or an empty string."""
    if not volunteer.calendar_token:
        return ""
    path = reverse("volunteers:calendar_feed", args=[volunteer.calendar_token])
    return f"{settings.SITE_URL}{path}"


def calendar_signups(volunteer: Volunteer, *, now: datetime) -> list[Signup]:
    """A person's sign-ups for their calendar: of each shift the latest.

    What is over stays for a while, and so does what was cancelled: programs that
    fetch seldom must see it go.
    """
    rows = (
        volunteer.signups.filter(shift__ends_at__gt=now - KEPT)
        .select_related("shift__activity")
        .order_by("shift__starts_at", "shift_id", "pk")
    )
    latest = {row.shift_id: row for row in rows[:MOST]}
    return [row for row in latest.values() if not _is_long_gone(row, now)]


def _is_long_gone(signup: Signup, now: datetime) -> bool:
    shift = signup.shift
    if shift.state == Shift.State.CANCELLED:
        ended_at = shift.state_changed_at
    elif signup.state in {Signup.State.CANCELLED, Signup.State.LAPSED}:
        ended_at = signup.state_changed_at
    else:
        return False
    return ended_at <= now - KEPT_CANCELLED


def changes_of(signups: list[Signup]) -> dict[int, Change]:
    """Per shift, the changes of its activity, of itself and of the person's sign-ups.

    Read off the audit log, whose lines are only ever added: the number never falls.
    """
    own = _own_signups(signups)
    by_activity = _entries(Activity, {row.shift.activity_id for row in signups})
    by_shift = _entries(Shift, {row.shift_id for row in signups})
    by_signup = _entries(Signup, [pk for pks in own.values() for pk in pks])
    changes = {}
    for row in signups:
        found = [
            by_activity.get(row.shift.activity_id),
            by_shift.get(row.shift_id),
            *map(by_signup.get, own[row.shift_id]),
        ]
        found = [change for change in found if change]
        changes[row.shift_id] = Change(
            times=sum(change.times for change in found),
            at=max([row.state_changed_at, *[change.at for change in found]]),
        )
    return changes


def _own_signups(signups: list[Signup]) -> dict[int, list[int]]:
    """All sign-ups of the person for these shifts, by shift."""
    rows = Signup.objects.filter(
        volunteer_id__in={row.volunteer_id for row in signups},
        shift_id__in={row.shift_id for row in signups},
    )
    found: dict[int, list[int]] = {}
    for pk, shift_id in rows.order_by("pk").values_list("pk", "shift_id"):
        found.setdefault(shift_id, []).append(pk)
    return found


def _entries(model: type, pks: Iterable[int]) -> dict[int, Change]:
    rows = (
        AuditEntry.objects.filter(target_type=model._meta.label, target_id__in=set(pks))
        .order_by()
        .values("target_id")
        .annotate(times=Count("pk"), latest=Max("at"))
    )
    return {row["target_id"]: Change(row["times"], row["latest"]) for row in rows}
