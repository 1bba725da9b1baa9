"""Messages about shifts that lack people."""

from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from campaigns.queries.task_people import responsible_officials
from volunteers.models import Shift
from volunteers.notices.signups import when

UNDERSTAFFED = "shift_understaffed"


def shift_understaffed(shift: Shift, *, slot: str) -> None:
    """Tell those who answer for the organisation that people are lacking."""
    organization = shift.activity.organization
    words = {
        "shift": str(shift),
        "when": when(shift),
        "taken": shift.taken,
        "minimum": shift.minimum,
    }
    notify(
        Message(
            recipient_id=official.pk,
            kind=UNDERSTAFFED,
            target=shift,
            slot=slot,
            title=_("人手不足：%(shift)s") % words,
            body=_(
                "“%(shift)s”（%(when)s）至少需要 %(minimum)d 人，现有 %(taken)d 人。"
                "可以邀请志愿者、延长报名，或者取消班次。"
            )
            % words,
            path=shift.get_absolute_url(),
            has_email=True,
        )
        for official in responsible_officials([organization])[organization.pk]
    )
