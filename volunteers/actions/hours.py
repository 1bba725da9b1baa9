"""Hours are recorded and confirmed: minutes of a day, levels, the second person."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity
from core import audit
from core.dates import (
    day_starts_at,
    minutes_by_day,
    span_text,
    whole_minutes,
)
from core.errors import RuleError
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_volunteers
from volunteers.models import ServiceRecord, Volunteer
from volunteers.notices.hours import record_confirmed, record_rejected

State, Kind, Level = ServiceRecord.State, ServiceRecord.Kind, ServiceRecord.Level
Span = tuple[datetime, datetime]
_RANKS = (Level.DIRECT, Level.SUPERIOR, Level.OFFICE)


class HoursRefused(RuleError):
    """Hours cannot be recorded, decided or changed as asked."""


def write_record(
    *,
    volunteer: Volunteer,
    activity: Activity,
    span: Span,
    kind: str,
    by: User,
    now: datetime,
    state: str = "",
    **values: object,
) -> ServiceRecord:
    """Write a record of the locked person, at the level the minutes of its days ask.

    Without a `state` it counts at once where the organisation itself confirms and
    the recorder is not the person; all others wait for a second person. The caller
    has looked for overlaps. Source: PRODUCT section 4, attendance and hours.
    """
    level = level_of(volunteer, span)
    if not state:
        is_sure = level == Level.DIRECT and by.pk != volunteer.user_id
        state = State.CONFIRMED if is_sure else State.RECORDED
    decided = {"decided_at": now, "decided_by": by} if state == State.CONFIRMED else {}
    record = ServiceRecord.objects.create(
        volunteer=volunteer,
        activity=activity,
        organization_id=activity.organization_id,
        starts_at=span[0],
        ends_at=span[1],
        minutes=whole_minutes(*span),
        kind=kind,
        level=level,
        state=state,
        recorded_by=by,
        **{**decided, **values},
    )
    audit.record(f"volunteers.service_record_{state}", target=record, by=by)
    return record


def level_of(volunteer: Volunteer, span: Span) -> str:
    """Who must confirm this time of the locked person.

    Told by the fullest Beijing day it touches, with all else that counts or may come
    to count there. Records keep the level they were given when others go.
    """
    parts = minutes_by_day(*span)
    others = volunteer.service_records.live().overlapping(
        day_starts_at(min(parts)), day_starts_at(max(parts) + timedelta(days=1))
    )
    for other in others.values_list("starts_at", "ends_at"):
        for day, minutes in minutes_by_day(*other).items():
            if day in parts:
                parts[day] += minutes
    most = max(parts.values())
    if most <= settings.DAY_MINUTES_DIRECT:
        return Level.DIRECT
    return Level.SUPERIOR if most <= settings.DAY_MINUTES_SUPERIOR else Level.OFFICE


def is_above(level: str, other: str) -> bool:
    """Whether `level` asks for somebody higher than `other` does."""
    return _RANKS.index(level) > _RANKS.index(other)


def refuse_overlap(
    volunteer: Volunteer, span: Span, *, instead_of: ServiceRecord | None = None
) -> None:
    """Raise HoursRefused naming the live record of the locked person in that time."""
    others = volunteer.service_records.live().overlapping(*span)
    if instead_of is not None:
        others = others.exclude(pk=instead_of.pk)
    if other := others.order_by("starts_at").first():
        raise HoursRefused(
            _("与已有的服务时长重叠：%(content)s（%(time)s，%(state)s）。")
            % {
                "content": other.content,
                "time": span_text(other.starts_at, other.ends_at),
                "state": other.get_state_display(),
            }
        )


def lock_record(record: ServiceRecord) -> ServiceRecord:
    """The record locked, after its person; the caller decides about it."""
    [volunteer] = lock_volunteers([record.volunteer_id])
    locked = (
        ServiceRecord.objects.select_for_update(of=("self",))
        .select_related("activity__organization")
        .get(pk=record.pk)
    )
    locked.volunteer = volunteer
    return locked


@retried_atomic
def confirm_record(
    *, record: ServiceRecord, by: User, now: datetime, answer: str = ""
) -> ServiceRecord:
    """Let a record count. Raises HoursRefused for the person and for the recorder."""
    record = lock_record(record)
    _check_second_person(record, by)
    record.move_to(State.CONFIRMED, by=by, decided_at=now, decided_by=by, answer=answer)
    record_confirmed(record)
    return record


@retried_atomic
def reject_record(
    *, record: ServiceRecord, reason: str, by: User, now: datetime
) -> ServiceRecord:
    """Turn a record down, with the reason; others keep the level they were given.

    A correction turned down gives back what it corrected. Raises HoursRefused
    without a reason, for the person and for the recorder.
    """
    record = lock_record(record)
    _check_second_person(record, by)
    reason = needed_reason(reason)
    record.move_to(
        State.REJECTED,
        by=by,
        reason=reason,
        decided_at=now,
        decided_by=by,
        answer=reason,
    )
    if record.corrects_id is not None:
        _give_back(record, by=by, now=now)
    record_rejected(record)
    return record


def _give_back(record: ServiceRecord, *, by: User, now: datetime) -> ServiceRecord:
    """Write anew what a rejected correction had replaced, as it had been decided."""
    old = record.corrects
    span = (old.starts_at, old.ends_at)
    refuse_overlap(record.volunteer, span)
    is_sure = old.decided_by_id is not None and not is_above(
        level_of(record.volunteer, span), old.level
    )
    decided = {
        "state": State.CONFIRMED,
        "decided_at": old.decided_at,
        "decided_by": old.decided_by,
    }
    return write_record(
        volunteer=record.volunteer,
        activity=record.activity,
        span=span,
        kind=Kind.CORRECTION,
        by=old.recorded_by,
        now=now,
        corrects=record,
        shift_id=old.shift_id,
        signup_id=old.signup_id,
        content=old.content,
        reason=_("更正未通过，恢复原记录。"),
        **(decided if is_sure else {"state": State.RECORDED}),
    )


def _check_second_person(record: ServiceRecord, by: User) -> None:
    if not record.is_undecided:
        raise HoursRefused(
            _("这条时长%(state)s，不能再审核。") % {"state": record.get_state_display()}
        )
    if by.pk == record.volunteer.user_id:
        raise HoursRefused(_("不能确认本人的时长，请由其他负责人办理。"))
    if by.pk == record.recorded_by_id:
        raise HoursRefused(_("登记人不能确认自己登记的时长，请由另一位负责人办理。"))


def needed_reason(reason: str) -> str:
    """The reason without blanks around it; raises HoursRefused when there is none."""
    if not reason.strip():
        raise HoursRefused(_("请写明理由。"))
    return reason.strip()
