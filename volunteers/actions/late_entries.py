"""Hours nobody recorded are entered by the person, with a reason and a photo."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Activity
from core.dates import span_text, whole_minutes
from core.transactions import retried_atomic
from core.uploads import CheckedPhoto, removed_on_failure, save_private
from volunteers.actions.hours import (
    HoursRefused,
    Kind,
    Span,
    State,
    needed_reason,
    refuse_overlap,
    write_record,
)
from volunteers.actions.locks import lock_volunteers
from volunteers.models import ServiceRecord, Shift, Signup, Volunteer
from volunteers.notices.hours import late_entry_claimed


def claim_late_entry(
    *,
    volunteer: Volunteer,
    activity: Activity,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    proof: CheckedPhoto,
    now: datetime,
) -> ServiceRecord:
    """Ask for hours of an activity that no shift recorded; an official decides.

    Raises HoursRefused for an activity that gives no hours, a time outside it, later
    than `LATE_ENTRY_DAYS` after its day, and a time that overlaps other hours of the
    person or a shift of theirs that is still to be settled.
    Source: PRODUCT section 4, late entry.
    """
    with removed_on_failure():
        return _claim(
            volunteer=volunteer,
            activity=activity,
            span=(starts_at, ends_at),
            reason=reason,
            proof=proof,
            now=now,
        )


@retried_atomic
def _claim(
    *,
    volunteer: Volunteer,
    activity: Activity,
    span: Span,
    reason: str,
    proof: CheckedPhoto,
    now: datetime,
) -> ServiceRecord:
    [volunteer] = lock_volunteers([volunteer.pk])
    activity = Activity.objects.select_related("organization").get(pk=activity.pk)
    _check(activity, span, now)
    _refuse_shifts(volunteer, activity, span)
    refuse_overlap(volunteer, span)
    record = write_record(
        volunteer=volunteer,
        activity=activity,
        span=span,
        kind=Kind.LATE,
        by=volunteer.user,
        now=now,
        state=State.IN_REVIEW,
        content=activity.title[:100],
        reason=needed_reason(reason),
        proof=save_private(proof.content, "proofs", proof.extension),
    )
    late_entry_claimed(record)
    return record


def _check(activity: Activity, span: Span, now: datetime) -> None:
    starts_at, ends_at = span
    if not activity.counts_as_service:
        raise HoursRefused(_("该活动不计志愿服务时长：学习、会议和本职工作都不计。"))
    if activity.state in {Activity.State.DRAFT, Activity.State.CANCELLED}:
        raise HoursRefused(_("该活动没有举行，不能补录。"))
    if whole_minutes(starts_at, ends_at) < 1:
        raise HoursRefused(_("结束时间必须晚于开始时间。"))
    if ends_at > now:
        raise HoursRefused(_("服务时间不能晚于现在。"))
    if starts_at < activity.starts_at or ends_at > activity.ends_at:
        raise HoursRefused(
            _("服务时间须在活动时间（%(time)s）之内。")
            % {"time": span_text(activity.starts_at, activity.ends_at)}
        )
    last = timezone.localdate(ends_at) + timedelta(days=settings.LATE_ENTRY_DAYS)
    if timezone.localdate(now) > last:
        raise HoursRefused(
            _("服务日过去 %(days)d 天后不能再补录。")
            % {"days": settings.LATE_ENTRY_DAYS}
        )


def _refuse_shifts(volunteer: Volunteer, activity: Activity, span: Span) -> None:
    """What a shift's roll will say or has said is not entered beside it."""
    own = (
        volunteer.signups.on_roll()
        .overlapping(*span)
        .exclude(shift__state=Shift.State.CANCELLED)
        .select_related("shift__activity")
        .order_by("shift__starts_at")
    )
    for signup in own:
        words = {
            "shift": signup.shift,
            "time": span_text(signup.shift.starts_at, signup.shift.ends_at),
        }
        if signup.state == Signup.State.CONFIRMED:
            raise HoursRefused(
                _("与您报名的班次重叠：%(shift)s（%(time)s），请等班次结算。") % words
            )
        if signup.shift.activity_id == activity.pk:
            raise HoursRefused(
                _("班次已结算：%(shift)s（%(time)s），与实际不符请提出异议。") % words
            )
