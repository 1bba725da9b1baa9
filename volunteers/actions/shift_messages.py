"""An organiser writes to those who signed up."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.capacity import ShiftRefused
from volunteers.actions.locks import lock_shift
from volunteers.models import Shift, ShiftMessage
from volunteers.notices.shifts import shift_message

MESSAGES_A_DAY = 5
SECOND_CLICK = timedelta(minutes=1)


@retried_atomic
def send_shift_message(
    *, shift: Shift, text: str, to_waiting: bool, by: User, now: datetime
) -> ShiftMessage:
    """Write to everybody who holds a place, and on request to those who wait.

    Raises ShiftRefused when the shift was cancelled or settled, there is nobody to
    write to, the same text has just been sent, or enough was sent today.
    """
    shift = lock_shift(shift.pk)
    if shift.state != Shift.State.SCHEDULED:
        raise ShiftRefused(_("班次已取消或已结算，不能再发通知。"))
    day = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    sent = list(shift.messages.filter(sent_at__gte=min(day, now - SECOND_CLICK)))
    if any(row.text == text and row.sent_at > now - SECOND_CLICK for row in sent):
        raise ShiftRefused(_("刚刚已发送相同的通知。"))
    if sum(row.sent_at >= day for row in sent) >= MESSAGES_A_DAY:
        raise ShiftRefused(
            _("一个班次一天最多发 %(most)d 条通知。") % {"most": MESSAGES_A_DAY}
        )
    signups = shift.signups.live() if to_waiting else shift.signups.placed()
    people = list(signups.order_by("pk").values_list("volunteer__user_id", flat=True))
    if not people:
        raise ShiftRefused(_("还没有可以通知的人。"))
    message = ShiftMessage.objects.create(
        shift=shift,
        text=text,
        to_waiting=to_waiting,
        recipient_count=len(people),
        sent_by=by,
    )
    audit.record("volunteers.shift_message_created", target=message, by=by)
    shift_message(message, people)
    return message
