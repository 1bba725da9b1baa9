"""Messages about one sign-up."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import Message, drop_emails, notify
from core.dates import span_text
from volunteers.models import Shift, Signup

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
            "有人取消时系统会按序号自动递补并通知您。时间：%(when)s。"
        )
    _say(signup, "signup_made", title, body, has_email=False)


def signup_promoted(signup: Signup) -> None:
    """Tell the person that a place was freed for them."""
    _say(
        signup,
        "signup_promoted",
        _("候补成功：%(shift)s"),
        _(
            "有人取消报名，您已递补进入“%(shift)s”，时间：%(when)s，"
            "集合地点：%(place)s。如不能参加，请尽快取消。"
        ),
    )


def signup_cancelled(signup: Signup) -> None:
    """Withdraw what was still to be said about a cancelled sign-up."""
    drop_emails(signup, kinds=[SHIFT_REMINDER, "signup_promoted"])


def signup_cancelled_by_organizer(signup: Signup) -> None:
    """Tell the person that the organiser took them off."""
    _say(
        signup,
        "signup_cancelled",
        _("报名已取消：%(shift)s"),
        _("组织者已取消您在“%(shift)s”（%(when)s）的报名。原因：%(reason)s"),
    )


def _say(
    signup: Signup, kind: str, title: str, body: str, *, has_email: bool = True
) -> None:
    words = {
        "shift": str(signup.shift),
        "when": when(signup.shift),
        "place": signup.shift.place,
        "position": signup.position or 0,
        "reason": signup.reason,
    }
    notify(
        [
            Message(
                recipient_id=signup.volunteer.user_id,
                kind=kind,
                target=signup,
                title=title % words,
                body=body % words,
                path=reverse("volunteers:shift_detail", args=[signup.shift_id]),
                has_email=has_email,
            )
        ]
    )
