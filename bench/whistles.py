"""Whistles for the boards, a stated number of them, most of them under way."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import User
from campaigns.models import (
    Whistle,
    WhistleCategory,
    WhistleEntry,
    WhistleResponse,
)
from communities.models import Community, Membership, Organization, Subdistrict

State, Answer = Whistle.State, WhistleResponse.State
# Of ten whistles: where the whistle stands, its unit, and how far overdue it is told.
MIX = (
    (State.ISSUED, None, 0),
    (State.ISSUED, None, 3),
    (State.DISPATCHED, Answer.ASKED, 0),
    (State.DISPATCHED, Answer.ASKED, 2),
    (State.HANDLING, Answer.HANDLING, 0),
    (State.HANDLING, Answer.HANDLING, 1),
    (State.HANDLING, Answer.HANDLING, 3),
    (State.DELIVERED, Answer.DELIVERED, 0),
    (State.CLOSED, Answer.DELIVERED, 0),
    (State.CLOSED, Answer.DELIVERED, 0),
)
UNITS = 40
COMMUNITIES = 30
LINES = 8
MINUTES = 420
ACCEPTED = ("accept_due_at", "accepted_at")


def officials() -> dict[str, User]:
    """The people whose boards are measured, by role; made when missing."""
    scopes = {
        Membership.Role.STREET: {"subdistrict": Subdistrict.objects.first()},
        Membership.Role.UNIT: {"organization": _units()[0]},
        Membership.Role.COMMUNITY: {"community": Community.objects.first()},
    }
    return {role: _official(role, scope) for role, scope in scopes.items()}


def _official(role: str, scope: dict) -> User:
    user, is_new = User.objects.get_or_create(
        username=f"bench-{role}", defaults={"display_name": "示例干部"}
    )
    if is_new:
        Membership.objects.create(
            user=user, role=role, starts_on=date(2020, 1, 1), **scope
        )
    return user


def _units() -> list[Organization]:
    branches = Organization.objects.filter(kind=Organization.Kind.BRANCH)
    return list(branches.order_by("pk")[:UNITS])


def blow_to(size: int) -> int:
    """Bring the database to `size` whistles; returns how many are under way."""
    numbers = range(Whistle.objects.count(), size)
    whistles = Whistle.objects.bulk_create(_whistles(numbers))
    asked_by = User.objects.get(username="bench-office")
    units = _units()
    responses = [
        _response(whistle, n, units, asked_by)
        for n, whistle in zip(numbers, whistles, strict=True)
    ]
    WhistleResponse.objects.bulk_create([row for row in responses if row])
    WhistleEntry.objects.bulk_create(
        WhistleEntry(whistle=whistle, kind=WhistleEntry.Kind.LOGGED, actor="示例单位")
        for whistle in whistles
        for _line in range(LINES)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Whistle.objects.under_way().count()


def _whistles(numbers: range) -> list[Whistle]:
    now = timezone.now()
    categories = list(WhistleCategory.objects.all())
    communities = list(Community.objects.order_by("pk")[:COMMUNITIES])
    return [
        Whistle(
            number=f"示哨〔2026〕{n:04d}号",
            community=communities[n % len(communities)],
            category=categories[n % len(categories)],
            title=f"示例路口第{n}处积水",
            text="示例情况",
            place="示例路口",
            state=state,
            issued_at=now,
            ended_at=now if state == State.CLOSED else None,
            **_clock(n, state in {State.ISSUED, State.DELIVERED}, step),
        )
        for n in numbers
        for state, _answer, step in [MIX[n % len(MIX)]]
    ]


def _response(
    whistle: Whistle, n: int, units: list[Organization], asked_by: User
) -> WhistleResponse | None:
    _state, answer, step = MIX[n % len(MIX)]
    if answer is None:
        return None
    now = timezone.now()
    accepted = {} if answer == Answer.ASKED else dict.fromkeys(ACCEPTED, now)
    return WhistleResponse(
        whistle=whistle,
        organization=units[n // len(MIX) % len(units)],
        state=answer,
        by_dispatcher=True,
        asked_at=now,
        asked_by=asked_by,
        **accepted,
        **_clock(n, answer != Answer.DELIVERED, step),
    )


def _clock(n: int, runs: bool, step: int) -> dict:
    now = timezone.now()
    if not runs:
        return {"clock_minutes": MINUTES}
    ahead = timedelta(hours=n % 90 - (60 if step else 0))
    return {
        "clock_minutes": MINUTES,
        "clock_started_at": now - timedelta(days=3),
        "due_at": now + ahead,
        "overdue_step": step,
    }
