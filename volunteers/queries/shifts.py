"""Reads of shifts for lists."""

from datetime import date, datetime, time, timedelta
from zlib import crc32

from django.db import connection, models
from django.templatetags.static import static
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from communities.models import Community
from core.models import AuditEntry
from volunteers.models import Shift, ShiftPost, Signup
from volunteers.queries.fitting import (
    Held,
    fitting,
    has_consent_of,
    has_posts,
    reasons_for,
)
from volunteers.queries.listing import (
    FIELDS,
    ShiftRow,
    candidates_of,
    position_of,
    shift_rows,
)

PAGE_SIZE = 25
TICK_SECONDS = 300
# Transactions end in another order than their numbers: so many late ones are noticed.
LATEST_LINES = f"SELECT id FROM {AuditEntry._meta.db_table} ORDER BY id DESC LIMIT 20"  # noqa: S608
# By the start, in Beijing; the last hour is not part of it.
TIMES_OF_DAY = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24)}


def shift_page(
    filters: dict[str, object], *, user: User, now: datetime
) -> tuple[list[ShiftRow], str]:
    """One page of upcoming shifts and where the next one starts ("" at the end).

    Pages by key, not by number: page 2,000 costs what page 1 costs. `filters` is the
    cleaned data of ShiftFilterForm, `near` replaced by what was understood; the user's
    own sign-ups and what keeps them from signing up stand in the rows. Three queries
    at most.
    """
    shifts = filtered_shifts(filters, user=user, now=now)
    if after := filters.get("after"):
        moment, pk = after
        shifts = shifts.filter(
            models.Q(starts_at__gt=moment) | models.Q(starts_at=moment, pk__gt=pk)
        ).filter(starts_at__gte=moment)
    asked = [*FIELDS, has_posts()]
    if is_minor := user.is_authenticated and user.is_minor:
        asked.append(has_consent_of(user))
    rows = list(shifts.values_list(*asked)[: PAGE_SIZE + 1])
    page = rows[:PAGE_SIZE]
    candidates = candidates_of(page)
    held = Held(user, candidates)
    reasons = reasons_for(
        candidates,
        user=user,
        held=held,
        with_posts={row[0] for row in page if row[len(FIELDS)]},
        has_consent=bool(page and is_minor and page[0][-1]),
        now=now,
    )
    after = position_of(page[-1]) if len(rows) > PAGE_SIZE else ""
    return shift_rows(page, own=held.states, now=now, reasons=reasons), after


def filtered_shifts(
    filters: dict[str, object], *, user: User, now: datetime
) -> models.QuerySet:
    """Upcoming shifts everybody may see that match the filters, the next first."""
    shifts = Shift.objects.listed().upcoming(now)
    for name, lookup in {
        "street": "community__subdistrict",
        "community": "community",
        "pillar": "activity__pillar__code",
    }.items():
        if filters.get(name):
            shifts = shifts.filter(**{lookup: filters[name]})
    if filters.get("skill"):
        posts = ShiftPost.objects.filter(skill=filters["skill"])
        shifts = shifts.filter(pk__in=posts.values("shift"))
    if filters.get("places"):
        shifts = shifts.filter(taken__lt=models.F("capacity"))
    if filters.get("time"):
        first, last = TIMES_OF_DAY[filters["time"]]
        shifts = shifts.filter(starts_at__hour__gte=first, starts_at__hour__lt=last)
    if near := filters.get("near"):
        shifts = shifts.filter(near.condition)
    for word in (filters.get("text") or "").split():
        shifts = shifts.filter(_said(word))
    if filters.get("fits") and user.is_authenticated:
        shifts = fitting(shifts, user=user, now=now)
    return _on_days(shifts, filters.get("date"), filters.get("until"))


def _said(word: str) -> models.Q:
    """Title, place or community with the word, written, by pinyin or its initials."""
    names = ("activity__title", "title", "place", "community__name")
    said = models.Q()
    for name in names:
        said |= models.Q(**{f"{name}__icontains": word})
    if not word.isascii():
        return said
    return (
        said
        | Shift.matching(word)
        | Shift.matching(word, prefix="activity__")
        | Shift.matching(word, prefix="community__")
    )


def _on_days(
    shifts: models.QuerySet, first: date | None, last: date | None
) -> models.QuerySet:
    """One day, or all from the first to the last; without a first, until the last."""
    if first:
        shifts = shifts.filter(starts_at__gte=start_of(first))
    if end := last or first:
        shifts = shifts.filter(starts_at__lt=start_of(end + timedelta(days=1)))
    return shifts


def start_of(day: date) -> datetime:
    """Midnight in Beijing at the start of the day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def list_version(session: str, address: str, look: str, *, now: datetime) -> str:
    """What a list of shifts at the address shows in this session, as an ETag.

    `look` is how this browser wants it; a new edition of the portal has a new style
    sheet, whose name stands for the words and the markup around the rows.

    Every deed leaves a line in the audit log, so its last lines stand for all that was
    done; every five minutes the clock is asked again, for what opens and closes by
    itself. The ticks of two sessions fall apart. One query, in plain SQL: asked by
    every open list.
    """
    tick = (int(now.timestamp()) + crc32(session.encode())) // TICK_SECONDS
    with connection.cursor() as cursor:
        cursor.execute(LATEST_LINES)
        lines = cursor.fetchall()
    parts = (session, address, look, static("bundles/portal.css"), tick, lines)
    return f'W/"{salted_hmac("shift_list", repr(parts)).hexdigest()}"'


def next_shifts(count: int, *, now: datetime) -> list[ShiftRow]:
    """The next shifts with a place for everybody to see."""
    shifts = (
        Shift.objects.listed()
        .upcoming(now)
        .filter(signup_closes_at__gt=now, taken__lt=models.F("capacity"))
    )
    return shift_rows(shifts.values_list(*FIELDS)[:count], own={}, now=now)


def shifts_of_community(
    community: Community, count: int, *, user: User, now: datetime
) -> list[ShiftRow]:
    """The next shifts in a community, full ones too, with the user's own sign-ups."""
    shifts = Shift.objects.listed().upcoming(now).filter(community=community)
    rows = list(shifts.values_list(*FIELDS)[:count])
    own = live_states(user, [row[0] for row in rows])
    return shift_rows(rows, own=own, now=now)


def live_states(user: User, shift_ids: list[int]) -> dict[int, str]:
    """States of the user's live sign-ups, by shift."""
    if not user.is_authenticated or not shift_ids:
        return {}
    signups = Signup.objects.live().filter(
        volunteer__user_id=user.pk, shift_id__in=shift_ids
    )
    return dict(signups.values_list("shift_id", "state"))
