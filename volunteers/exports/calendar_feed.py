"""A person's sign-ups as a calendar that telephones and Outlook subscribe to."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from volunteers.models import Shift, Signup, Volunteer
from volunteers.queries.calendars import Change, calendar_signups, changes_of

RENEWED_EVERY = timedelta(hours=1)
STATUSES = {
    Signup.State.CONFIRMED: "CONFIRMED",
    Signup.State.ATTENDED: "CONFIRMED",
    Signup.State.NO_SHOW: "CONFIRMED",
    Signup.State.OFFERED: "TENTATIVE",
    Signup.State.WAITLISTED: "TENTATIVE",
}


class Feed(NamedTuple):
    """The calendar as text, and when anything in it last changed."""

    content: bytes
    changed_at: datetime


def calendar_feed(volunteer: Volunteer, *, now: datetime) -> Feed:
    """A person's own sign-ups; nobody else is named in it.

    A shift keeps its UID over all sign-ups of the person, and its SEQUENCE only
    rises. Source: RFC 5545, RFC 7986.
    """
    signups = calendar_signups(volunteer, now=now)
    changes = changes_of(signups)
    calendar = _empty_calendar()
    changed_at = volunteer.created_at
    for signup in signups:
        change = _with_the_clock(signup, changes[signup.shift_id], now)
        calendar.add_component(_event(signup, change, now))
        changed_at = max(changed_at, change.at)
    calendar.add_missing_timezones()
    return Feed(calendar.to_ical(), changed_at)


def _empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Xiangcheng portal//volunteer shifts//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.calendar_name = _("志愿班次 · %(portal)s") % {
        "portal": settings.PORTAL_NAME
    }
    value = {"value": "DURATION"}  # RFC 7986 asks for it
    calendar.add("refresh-interval", RENEWED_EVERY, parameters=value)
    calendar.add("x-published-ttl", "PT1H")  # Outlook's name for the same
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    return calendar


def _with_the_clock(signup: Signup, change: Change, now: datetime) -> Change:
    """Who still waited when the shift began has waited in vain: a change too."""
    if _waited_in_vain(signup, now):
        return Change(change.times + 1, max(change.at, signup.shift.starts_at))
    return change


def _waited_in_vain(signup: Signup, now: datetime) -> bool:
    waits = signup.state in {Signup.State.WAITLISTED, Signup.State.OFFERED}
    return waits and signup.shift.starts_at <= now


def _status(signup: Signup, now: datetime) -> str:
    if signup.shift.state == Shift.State.CANCELLED or _waited_in_vain(signup, now):
        return "CANCELLED"
    return STATUSES.get(signup.state, "CANCELLED")


def _event(signup: Signup, change: Change, now: datetime) -> Event:
    shift, status = signup.shift, _status(signup, now)
    host = settings.SITE_URL.partition("://")[2]
    event = Event()
    event.add("uid", f"shift-{shift.pk}-{signup.volunteer_id}@{host}")
    event.add("sequence", change.times)
    event.add("dtstamp", change.at)
    event.add("last-modified", change.at)
    event.add("dtstart", timezone.localtime(shift.starts_at))
    event.add("dtend", timezone.localtime(shift.ends_at))
    event.add("summary", _summary(signup, status))
    event.add("location", shift.place)
    event.add("description", _description(signup, status))
    event.add("url", _address(shift))
    event.add("status", status)
    event.add("transp", "OPAQUE" if status == "CONFIRMED" else "TRANSPARENT")
    return event


def _summary(signup: Signup, status: str) -> str:
    if status == "CONFIRMED":
        return str(signup.shift)
    label = _("已取消")
    if status == "TENTATIVE":
        label = signup.get_state_display()
    return _("【%(state)s】%(shift)s") % {"state": label, "shift": signup.shift}


def _description(signup: Signup, status: str) -> str:
    words = []
    if status == "TENTATIVE":
        words.append(_("名额尚未确定，请到平台查看。"))
    if signup.shift.bring and status != "CANCELLED":
        words.append(_("自带物品：%(bring)s") % {"bring": signup.shift.bring})
    words.append(_("详情：%(address)s") % {"address": _address(signup.shift)})
    return "\n".join(words)


def _address(shift: Shift) -> str:
    return f"{settings.SITE_URL}{shift.get_absolute_url()}"
