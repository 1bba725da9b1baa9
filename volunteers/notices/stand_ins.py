"""Messages about places handed on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from volunteers.models import Signup
from volunteers.notices.signups import when
from volunteers.queries.reminder_times import needed_by


def place_taken_over(signup: Signup) -> None:
    """Tell who could not come that somebody comes instead; the two know each other."""
    words = {"shift": str(signup.shift), "when": when(signup.shift)}
    notify(
        [
            Message(
                recipient_id=signup.volunteer.user_id,
                kind="place_taken_over",
                target=signup,
                title=_("已有人替班：%(shift)s") % words,
                body=_(
                    "您在“%(shift)s”（%(when)s）的名额已有人接替，您不用再来，"
                    "也不记为临时取消。"
                )
                % words,
                path=reverse("volunteers:me"),
                has_email=True,
                expires_at=needed_by(signup.shift.starts_at),
            )
        ]
    )
