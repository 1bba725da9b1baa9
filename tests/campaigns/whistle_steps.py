"""Whistles brought to a moment of a known week, for tests of what comes next.

Monday is 23 November 2026; a working day has seven hours, 8 to 12 and 14:30 to 17:30.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Notification
from core.uploads import CheckedPhoto, check_photo
from tests.factories.communities import MembershipFactory
from tests.factories.whistles import HandlingResponseFactory, WhistleResponseFactory
from tests.files import picture, upload

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = 23, 24, 25, 26, 27
DAY = 7 * 60


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """A moment of that month in Beijing; the 31st is the first of December."""
    zone = ZoneInfo("Asia/Shanghai")
    first = datetime(2026, 11, 1, hour, minute, second, tzinfo=zone)
    return first + timedelta(days=day - 1)


def asked(**values):
    """A response whose day to answer began on Monday at nine."""
    values.setdefault("asked_at", at(MONDAY))
    response = WhistleResponseFactory(**values)
    return clocked(response, DAY)


def handling(minutes: int = 2 * DAY, **values):
    """A response accepted on Monday at nine, with two days to handle it."""
    values.setdefault("accept_due_at", at(TUESDAY))
    values.setdefault("accepted_at", at(MONDAY))
    return clocked(HandlingResponseFactory(**values), minutes)


def clocked(row, minutes: int, used: int = 0, day: int = MONDAY):
    """The row with its clock running since nine on that day."""
    row.start_clock(minutes, now=at(day), used=used)
    row.save()
    return row


def official(role: str, **scope):
    """A person who holds the role there."""
    return MembershipFactory(role=role, **scope).user


def sides_of(whistle):
    """An official of the community, and one of its street."""
    community = whistle.community
    return (
        official("community", community=community),
        official("street", subdistrict=community.subdistrict),
    )


def told(kind: str) -> list[tuple[int, str]]:
    """Who was told so, and whether mail goes out."""
    rows = Notification.objects.filter(kind=kind).order_by("recipient", "pk")
    return list(rows.values_list("recipient_id", "outbox_state"))


def photo(color: str = "red") -> CheckedPhoto:
    """A photo fit to be kept."""
    return check_photo(upload(picture(color=color)))


def state_of(row) -> str:
    """Its state in the database."""
    row.refresh_from_db()
    return row.state


def lines(whistle) -> list[tuple[str, str]]:
    """Kind and actor of each line of its log."""
    return list(whistle.entries.order_by("pk").values_list("kind", "actor"))
