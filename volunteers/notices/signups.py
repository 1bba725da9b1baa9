"""Messages about one sign-up."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import Message, notify, withdraw
from accounts.notifications.texts import words_of
from core.dates import moment_text, span_text
from volunteers.models import Shift, Signup
from volunteers.queries.reminder_times import needed_by

SHIFT_REMINDER = "shift_reminder"


def when(shift: Shift) -> str:
    """The shift's time as people write it."""
    return span_text(shift.starts_at, shift.ends_at)


def signup_made(signup: Signup) -> None:
    """Tell the person that they have a place, or which place on the waitlist."""
    if signup.state == Signup.State.CONFIRMED:
        title = _("报名成功：%(shift)s")
        body = _("您已报名“%(shift)s”，时间：%(when)s，集合地点：%(place)s。")
    else:
        title = _("已进入候补：%(shift)s")
        body = _(
            "“%(shift)s”名额已满，您的候补序号为 %(position)d。"
            "空出名额时按序号通知您确认。时间：%(when)s。"
        )
    _say(signup, "signup_made", title, body, has_email=False)


def place_offered(signup: Signup) -> None:
    """Tell the person that a place is held for them, and until when."""
    title, body = words_of("place_offered")
    _say(signup, "place_offered", title, body, expires_at=signup.offer_ends_at)


def offer_lapsed(signup: Signup) -> None:
    """Tell the person that the place is held no more; nothing is asked of them."""
    withdraw(signup, kinds=["place_offered"])
    _say(
        signup,
        "offer_lapsed",
        _("名额已让给下一位：%(shift)s"),
        _("“%(shift)s”的名额没有在时限内确认，已让给下一位。仍可重新报名。"),
        has_email=False,
    )


def signup_cancelled(*signups: Signup) -> None:
    """Withdraw what was still to be said about cancelled sign-ups."""
    withdraw(*signups, kinds=[SHIFT_REMINDER, "place_offered"])


def signup_cancelled_by_organizer(signup: Signup) -> None:
    """Tell the person that the organiser took them off."""
    _say(
        signup,
        "signup_cancelled",
        _("报名已取消：%(shift)s"),
        _("组织者已取消您在“%(shift)s”（%(when)s）的报名。原因：%(reason)s"),
        expires_at=needed_by(signup.shift.starts_at),
    )


def _say(
    signup: Signup,
    kind: str,
    title: str,
    body: str,
    *,
    has_email: bool = True,
    expires_at: datetime | None = None,
) -> None:
    words = {
        "shift": str(signup.shift),
        "when": when(signup.shift),
        "place": signup.shift.place,
        "position": signup.position or 0,
        "until": moment_text(signup.offer_ends_at) if signup.offer_ends_at else "",
        "reason": signup.reason,
    }
    notify(
        [
            Message(
                recipient_id=signup.volunteer.user_id,
                kind=kind,
                target=signup,
                # A place may be offered to one person twice.
                slot=signup.state_changed_at.isoformat(),
                title=title % words,
                body=body % words,
                path=reverse("volunteers:shift_detail", args=[signup.shift_id]),
                has_email=has_email,
                expires_at=expires_at,
            )
        ]
    )
