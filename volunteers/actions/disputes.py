"""A person says that what was recorded is not right; an official answers."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.queries.officials import responsible_officials
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.corrections import check_span, correct_record
from volunteers.actions.hours import (
    HoursRefused,
    Kind,
    Span,
    needed_reason,
    refuse_overlap,
    write_record,
)
from volunteers.actions.locks import lock_shift, lock_volunteers
from volunteers.models import HoursDispute, Signup
from volunteers.notices.hours import (
    dispute_answered,
    dispute_opened,
    record_corrected,
)
from volunteers.permissions import SETTLED_STATES, dispute_closes_on

State = HoursDispute.State


@retried_atomic
def open_dispute(*, signup: Signup, text: str, by: User, now: datetime) -> HoursDispute:
    """The person says what is not right about a settled sign-up of theirs.

    Raises HoursRefused for somebody else's, before the settlement, later than
    `DISPUTE_DAYS` after it, without words and while another one waits.
    """
    signup = _lock(signup)
    if by.pk != signup.volunteer.user_id:
        raise HoursRefused(_("只有本人可以提出异议。"))
    if signup.state not in SETTLED_STATES:
        raise HoursRefused(_("班次结算后才能提出异议。"))
    if timezone.localdate(now) > dispute_closes_on(signup):
        raise HoursRefused(
            _("结算 %(days)d 天后不能再提出异议。") % {"days": settings.DISPUTE_DAYS}
        )
    dispute = HoursDispute(signup=signup, text=needed_reason(text))
    try:
        with transaction.atomic():
            dispute.save()
    except IntegrityError as error:
        raise HoursRefused(_("您已提出异议，请等待答复。")) from error
    audit.record("volunteers.hours_dispute_open", target=dispute, by=by)
    dispute_opened(dispute)
    return dispute


@retried_atomic
def withdraw_dispute(*, dispute: HoursDispute, by: User, now: datetime) -> HoursDispute:
    """The person takes it back. Raises HoursRefused once it is answered."""
    dispute = _lock_dispute(dispute)
    if by.pk != dispute.signup.volunteer.user_id:
        raise HoursRefused(_("只有本人可以撤回异议。"))
    dispute.move_to(State.WITHDRAWN, by=by)
    return dispute


@retried_atomic
def answer_dispute(
    *,
    dispute: HoursDispute,
    answer: str,
    by: User,
    now: datetime,
    corrects: bool = False,
    span: Span | None = None,
) -> HoursDispute:
    """Answer a dispute, with the correction it asks for or without.

    `corrects`: the person came, and where the activity gives hours, at `span`. Raises
    HoursRefused for one's own dispute, without words, where another official could
    answer but the one who recorded does, and for a time that cannot be.
    """
    dispute = _lock_dispute(dispute)
    answer = needed_reason(answer)
    if dispute.state != State.OPEN:
        raise HoursRefused(
            _("这条异议%(state)s，不用再答复。")
            % {"state": dispute.get_state_display()}
        )
    if by.pk == dispute.signup.volunteer.user_id:
        raise HoursRefused(_("不能答复本人的异议，请由其他负责人办理。"))
    if others_should_answer(dispute.signup, by):
        raise HoursRefused(_("您是登记人，请由本组织另一位负责人答复。"))
    if corrects:
        _correct(dispute.signup, span, reason=answer, by=by, now=now)
    dispute.move_to(
        State.UPHELD if corrects else State.ANSWERED,
        by=by,
        answer=answer,
        answered_at=now,
        answered_by=by,
    )
    dispute_answered(dispute)
    return dispute


def others_should_answer(signup: Signup, user: User) -> bool:
    """Whether the user recorded what is disputed and somebody else could answer."""
    recorded = signup.service_records.filter(recorded_by=user).exists()
    settled = f"volunteers.signup_{signup.state}"
    if not (recorded or audit.was_done_by(signup, settled, user)):
        return False
    organization = signup.shift.activity.organization
    involved = {user.pk, signup.volunteer.user_id}
    officials = responsible_officials([organization])[organization.pk]
    return any(one.pk not in involved for one in officials)


def _correct(
    signup: Signup, span: Span | None, *, reason: str, by: User, now: datetime
) -> None:
    activity = signup.shift.activity
    if signup.state != Signup.State.ATTENDED:
        signup.move_to(Signup.State.ATTENDED, by=by)
    if not activity.counts_as_service:
        return
    if span is None:
        raise HoursRefused(_("请填写实际的起止时间。"))
    held = signup.service_records.live().first()
    if held is not None:
        correct_record(
            record=held,
            starts_at=span[0],
            ends_at=span[1],
            reason=reason,
            by=by,
            now=now,
        )
        return
    check_span(activity, span, now)
    refuse_overlap(signup.volunteer, span)
    record = write_record(
        volunteer=signup.volunteer,
        activity=activity,
        span=span,
        kind=Kind.CORRECTION,
        by=by,
        now=now,
        shift=signup.shift,
        signup=signup,
        content=str(signup.shift)[:100],
        reason=reason,
    )
    record_corrected(record, reason=reason)


def _lock(signup: Signup) -> Signup:
    """The sign-up locked, after its person and its shift."""
    [volunteer] = lock_volunteers([signup.volunteer_id])
    shift = lock_shift(signup.shift_id)
    signup = Signup.objects.select_for_update().get(pk=signup.pk)
    signup.shift, signup.volunteer = shift, volunteer
    return signup


def _lock_dispute(dispute: HoursDispute) -> HoursDispute:
    signup = _lock(dispute.signup)
    dispute = HoursDispute.objects.select_for_update().get(pk=dispute.pk)
    dispute.signup = signup
    return dispute
