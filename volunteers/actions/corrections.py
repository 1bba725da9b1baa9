"""Hours are put right or voided; what stood before is kept."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from core.dates import whole_minutes
from core.transactions import retried_atomic
from volunteers.actions.certificates import revoke_certificates_of
from volunteers.actions.hours import (
    HoursRefused,
    Kind,
    Span,
    State,
    lock_record,
    needed_reason,
    refuse_overlap,
    write_record,
)
from volunteers.models import ServiceRecord
from volunteers.notices.hours import record_corrected, record_voided

# How far a correction may reach beyond the activity: set-up and clearing away.
_BEYOND = timedelta(days=1)


@retried_atomic
def correct_record(
    *,
    record: ServiceRecord,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    by: User,
    now: datetime,
) -> ServiceRecord:
    """Put the time of a record right; returns the new record that corrects it.

    Overtime is entered here and nowhere else. The new one waits for a second person
    where its day asks for one; certificates of the old one are revoked. Raises
    HoursRefused for one's own hours, without a reason or a change, for a time that
    overlaps other hours, and once the record is decided otherwise.
    """
    record = lock_record(record)
    reason = needed_reason(reason)
    span = (starts_at, ends_at)
    _check_open(record, by)
    check_span(record.activity, span, now)
    if span == (record.starts_at, record.ends_at):
        raise HoursRefused(_("时间没有变化，不用更正。"))
    refuse_overlap(record.volunteer, span, instead_of=record)
    record.move_to(State.CORRECTED, by=by, reason=reason)
    new = write_record(
        volunteer=record.volunteer,
        activity=record.activity,
        span=span,
        kind=Kind.CORRECTION,
        by=by,
        now=now,
        corrects=record,
        shift_id=record.shift_id,
        signup_id=record.signup_id,
        content=record.content,
        reason=reason,
    )
    revoke_certificates_of(record=record, reason=reason, by=by, now=now)
    record_corrected(new, reason=reason)
    return new


@retried_atomic
def void_record(
    *, record: ServiceRecord, reason: str, by: User, now: datetime
) -> ServiceRecord:
    """Take hours away for good, with the reason; its certificates are revoked.

    Raises HoursRefused for one's own hours, without a reason, and once the record is
    decided otherwise.
    """
    record = lock_record(record)
    reason = needed_reason(reason)
    _check_open(record, by)
    record.move_to(
        State.VOIDED,
        by=by,
        reason=reason,
        answer=reason,
        decided_at=now,
        decided_by=by,
    )
    revoke_certificates_of(record=record, reason=reason, by=by, now=now)
    record_voided(record, reason=reason)
    return record


def check_span(activity, span: Span, now: datetime) -> None:
    """Raise HoursRefused for a time that cannot have been served there."""
    starts_at, ends_at = span
    if whole_minutes(starts_at, ends_at) < 1:
        raise HoursRefused(_("结束时间必须晚于开始时间。"))
    if ends_at > now:
        raise HoursRefused(_("服务时间不能晚于现在。"))
    if starts_at < activity.starts_at - _BEYOND or ends_at > activity.ends_at + _BEYOND:
        raise HoursRefused(_("服务时间须在活动前后一天之内。"))


def _check_open(record: ServiceRecord, by: User) -> None:
    if not record.is_correctable:
        raise HoursRefused(
            _("这条时长%(state)s，不能再更正或作废。")
            % {"state": record.get_state_display()}
        )
    if by.pk == record.volunteer.user_id:
        raise HoursRefused(_("不能更改本人的时长，请由其他负责人办理。"))
