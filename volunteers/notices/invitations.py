"""Messages by which organisers ask people to a shift."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from volunteers.models import Shift
from volunteers.notices.signups import when


def invited(shift: Shift, recipients: Iterable[int]) -> None:
    """Ask each of them once; no answer is an answer too, so no mail is sent."""
    words = {
        "shift": str(shift),
        "organization": shift.activity.organization.name,
        "when": when(shift),
        "place": shift.place,
    }
    title = _("邀请参加：%(shift)s") % words
    body = (
        _(
            "%(organization)s邀请您参加“%(shift)s”。时间：%(when)s，"
            "集合地点：%(place)s。自愿参加，不参加不用说明理由，也不会有人知道。"
        )
        % words
    )
    notify(
        Message(
            recipient_id=recipient_id,
            kind="invitation",
            target=shift,
            title=title,
            body=body,
            path=shift.get_absolute_url(),
        )
        for recipient_id in recipients
    )
