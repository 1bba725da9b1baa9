"""Reads of one whistle for its page: clocks, responses, timeline, photos, pairings."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import (
    Activity,
    Urgency,
    Whistle,
    WhistleCategory,
    WhistleClock,
    WhistleEntry,
    WhistlePhoto,
    WhistleResponse,
)
from campaigns.queries.whistle_words import clock_words, span_words
from campaigns.rules import deeds_for
from communities.models import Community, Organization, Pairing
from communities.queries.history import community_history, organization_history

_HOUR = 60
S, R = Whistle.State, WhistleResponse.State
CLOCK_NAMES = {
    S.ISSUED: _("派单时限"),
    S.RETURNED: _("派单时限"),
    S.DELIVERED: _("确认评价期限"),
    S.VERIFIED: _("评价期限"),
}
RESPONSE_CLOCK_NAMES = {
    R.ASKED: _("响应时限"),
    R.ACCEPTED: _("办理时限"),
    R.HANDLING: _("办理时限"),
}
# Kinds of lines whose words do not say which unit they are about.
ABOUT_A_UNIT = (
    WhistleEntry.Kind.EXTENSION_GRANTED,
    WhistleEntry.Kind.EXTENSION_REFUSED,
    WhistleEntry.Kind.OVERDUE,
)
CAME_BACK = (WhistleEntry.Kind.RETURNED, WhistleEntry.Kind.SENT_BACK)


@dataclass(frozen=True)
class ShownClock:
    """A clock as a page shows it: which one, how long, how it looks, when it is due."""

    name: str | Promise
    words: str
    look: str
    due_at: datetime | None


def shown_clock(row: Whistle | WhistleResponse, now: datetime) -> ShownClock | None:
    """The clock of a whistle or a response; None when it has nothing to wait for."""
    names = CLOCK_NAMES if isinstance(row, Whistle) else RESPONSE_CLOCK_NAMES
    if row.state not in names or not (row.clock_runs or row.clock_minutes):
        return None
    words, look = clock_words(row, now)
    return ShownClock(names[row.state], words, look, row.due_at)


def responses_of(
    whistle: Whistle, *, user: User, now: datetime
) -> list[WhistleResponse]:
    """The responses, those that count before those returned or released.

    Each has `name_then` (of the day it was asked), `deeds` of the user, `clock` and
    `shows_people`: whether people may be asked to help, or were. Takes two queries.
    """
    asked = Activity.objects.filter(whistle_response=OuterRef("pk"))
    responses = whistle.responses.select_related("organization", "extension")
    rows = list(responses.annotate(has_asked_people=Exists(asked)))
    names = organization_history(row.organization_id for row in rows)
    for row in rows:
        then = names.on(row.organization_id, timezone.localdate(row.asked_at))
        row.name_then = (then or row.organization).name
        row.deeds = deeds_for(user, whistle, row)
        row.clock = shown_clock(row, now)
        is_working = row.state in WhistleResponse.WORKING_STATES
        row.shows_people = is_working or row.has_asked_people
    return sorted(rows, key=lambda row: (not row.is_live, row.pk))


def timeline_of(whistle: Whistle) -> QuerySet[WhistleEntry]:
    """What happened, newest first, with photos; finish a page with `finish_entries`."""
    return (
        whistle.entries.select_related("other", "response__organization")
        .prefetch_related("photos")
        .order_by("-pk")
    )


def finish_entries(entries: list[WhistleEntry], user: User) -> list[WhistleEntry]:
    """Each with `unit_then`, the unit it is about, and `links_other`.

    The unit by its name of that day, "" when the words say it or there is none;
    another whistle is linked where the user may open it.
    """
    about = [row for row in entries if row.response and row.kind in ABOUT_A_UNIT]
    names = organization_history(row.response.organization_id for row in about)
    seen = _seen({row.other_id for row in entries if row.other_id}, user)
    for row in entries:
        row.unit_then = ""
        row.links_other = row.other_id in seen
    for row in about:
        unit = row.response.organization
        row.unit_then = (names.on(unit.pk, timezone.localdate(row.at)) or unit).name
    return entries


def deliveries_of(whistle: Whistle) -> list[WhistleEntry]:
    """What each unit said, and showed, when it delivered the last time."""
    rows = whistle.entries.filter(
        kind=WhistleEntry.Kind.DELIVERED, response__state=R.DELIVERED
    )
    last = {row.response_id: row for row in rows.prefetch_related("photos")}
    return list(last.values())


def last_return(whistle: Whistle) -> WhistleEntry | None:
    """Why it is back with the community; None when it is not."""
    if whistle.state != S.RETURNED:
        return None
    return whistle.entries.filter(kind__in=CAME_BACK).last()


def opens_target(whistle: Whistle, user: User) -> bool:
    """Whether the user may open the whistle this one was merged into."""
    numbers = {whistle.merged_into_id} - {None}
    return bool(_seen(numbers, user))


def _seen(numbers: set[int], user: User) -> set[int]:
    if not numbers:
        return set()
    rows = Whistle.objects.visible_to(user).filter(pk__in=numbers)
    return set(rows.order_by().values_list("pk", flat=True))


def merged_with(whistle: Whistle, user: User) -> list[Whistle]:
    """Whistles merged into this one that the user may open."""
    rows = Whistle.objects.visible_to(user).filter(merged_into=whistle)
    return list(rows.order_by("pk"))


def photos_of(whistle: Whistle) -> list[WhistlePhoto]:
    """Photos of the place, the first taken first."""
    return list(whistle.photos.filter(entry=None))


def community_then(whistle: Whistle) -> str:
    """The community's name when the whistle was blown."""
    day = timezone.localdate(whistle.issued_at or whistle.created_at)
    history = community_history([whistle.community_id])
    return (history.on(whistle.community_id, day) or whistle.community).name


def paired_units(community: Community, day: date) -> list[Pairing]:
    """Pairings of the day with active organisations, the leading ones first."""
    return list(
        Pairing.objects.on(day)
        .filter(community=community, organization__state=Organization.State.ACTIVE)
        .select_related("organization")
        .order_by("-is_lead", "organization__path")
    )


@dataclass(frozen=True)
class ShownHours:
    """The spans of one urgency, for the categories that have the same."""

    urgency: str
    categories: str
    dispatch: str
    accept: str
    handle: str


def clock_table() -> list[ShownHours]:
    """The time each step may take, in words; categories with the same share a line."""
    order = list(Urgency.values)
    found: dict[tuple, list[str]] = {}
    clocks = WhistleClock.objects.filter(category__is_open=True)
    for clock in clocks.select_related("category").order_by(
        "category__position", "category"
    ):
        hours = (clock.dispatch_hours, clock.accept_hours, clock.handle_hours)
        key = (order.index(clock.urgency), *hours)
        found.setdefault(key, []).append(clock.category.title)
    count = WhistleCategory.objects.filter(is_open=True).count()
    return [
        ShownHours(
            Urgency(order[number]).label,
            text("所有类别") if len(titles) == count else "、".join(titles),
            *(span_words(one * _HOUR) for one in hours),
        )
        for (number, *hours), titles in sorted(found.items())
    ]
