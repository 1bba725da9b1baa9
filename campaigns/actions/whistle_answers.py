"""Writes of the units, and the community's word on more time."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.whistle_log import (
    HOUR,
    MOST_TEXT,
    clock_of,
    hours_of,
    locked_response,
    note_entry,
    said,
    settle,
    whole_minute,
)
from campaigns.actions.whistle_photos import keep_photos
from campaigns.models import (
    Activity,
    Whistle,
    WhistleEntry,
    WhistleExtension,
    WhistleResponse,
)
from campaigns.notices import whistle_units as unit_notices
from campaigns.notices import whistles as notices
from campaigns.rules import Deed, Side, WhistleRefused, check
from communities.models import Organization
from core import audit
from core.dates import day_text
from core.transactions import retried_atomic
from core.uploads import CheckedPhoto, removed_on_failure
from core.working_hours import end_of_work, working_minutes_between

Kind = WhistleEntry.Kind
Answer = WhistleResponse.State


@retried_atomic
def accept_whistle(
    *, response: WhistleResponse, by: User, now: datetime
) -> WhistleResponse:
    """Take the whistle on; the clock to handle it starts."""
    response = _locked(response, Deed.ACCEPT)
    accept_due_at = response.due_at or now
    response.pause_clock(now=now)
    _start_handling_clock(response, now)
    response.move_to(
        Answer.ACCEPTED,
        by=by,
        accept_due_at=accept_due_at,
        accepted_at=now,
        **clock_of(response),
    )
    _note(response, Kind.ACCEPTED, by, now)
    settle(whistle=response.whistle, by=by, now=now)
    notices.response_accepted(response)
    return response


@retried_atomic
def return_whistle(
    *, response: WhistleResponse, reason: str, by: User, now: datetime
) -> WhistleResponse:
    """Give the whistle back while there is time to answer.

    With nobody else on it, the first return goes to who sent it, each further one to
    the dispatcher. Raises WhistleRefused once the time to answer has run out.
    """
    response = _locked(response, Deed.RETURN)
    whistle = response.whistle
    if response.is_overdue(now):
        raise WhistleRefused(_("已过响应时限，不能退单，请接单或与街道联系。"))
    reason = said(reason, _("请写明退单理由。"))
    response.pause_clock(now=now)
    response.move_to(Answer.RETURNED, by=by, reason=reason, **clock_of(response))
    whistle.returned_count += 1
    whistle.save(update_fields=["returned_count"])
    _note(response, Kind.RETURNED, by, now, reason)
    is_the_communitys = whistle.returned_count == 1 and not response.by_dispatcher
    if is_the_communitys and not whistle.responses.live().exists():
        whistle.pause_clock(now=now)
        whistle.move_to(Whistle.State.RETURNED, by=by, **clock_of(whistle))
    else:
        settle(whistle=whistle, by=by, now=now)
    notices.response_returned(response, reason=reason)
    return response


@removed_on_failure()
@retried_atomic
def log_whistle(
    *,
    response: WhistleResponse,
    text: str,
    photos: Sequence[CheckedPhoto],
    by: User,
    now: datetime,
) -> WhistleEntry:
    """Say what was done so far, with up to three photos; handling has begun."""
    response = _locked(response, Deed.LOG)
    text = said(text, _("请写明办理情况。"), MOST_TEXT)
    entry = _note(response, Kind.LOGGED, by, now, text)
    keep_photos(entry, photos, by)
    _begin(response, by, now)
    notices.work_logged(entry)
    return entry


@retried_atomic
def ask_extension(
    *,
    response: WhistleResponse,
    until: date,
    reason: str,
    by: User,
    now: datetime,
) -> WhistleExtension:
    """Ask the community, once, for time to the end of work on `until`.

    Raises WhistleRefused when that gives no more working time than the clock does
    anyway, and once the time to handle it has run out: what is late stays late.
    """
    response = _locked(response, Deed.ASK_EXTENSION)
    reason = said(reason, _("请写明延期理由。"))
    if response.is_overdue(now):
        raise WhistleRefused(_("已过办理时限，不能再申请延期，请尽快办理并交付。"))
    if not working_minutes_between(response.due_at or now, end_of_work(until)):
        raise WhistleRefused(_("延期日期须晚于现在的办理时限。"))
    try:
        with transaction.atomic():
            extension = WhistleExtension.objects.create(
                response=response, until=until, reason=reason, asked_by=by
            )
    except IntegrityError as error:
        raise WhistleRefused(_("延期只能申请一次。")) from error
    audit.record("campaigns.whistle_extension_created", target=extension, by=by)
    text = _("申请延期到%(day)s。") % {"day": day_text(until)} + reason
    _note(response, Kind.EXTENSION_ASKED, by, now, text)
    notices.extension_asked(extension)
    return extension


@retried_atomic
def answer_extension(
    *,
    extension: WhistleExtension,
    is_granted: bool,
    answer: str,
    by: User,
    now: datetime,
) -> WhistleExtension:
    """The community grants more time, or refuses it for a reason."""
    response = _locked(extension.response, Deed.ANSWER_EXTENSION)
    extension = response.extension
    if answer.strip() or not is_granted:
        answer = said(answer, _("请写明不同意的理由。"))
    if is_granted:
        _lengthen(response, extension.until, now)
    states = WhistleExtension.State
    extension.move_to(
        states.GRANTED if is_granted else states.REFUSED, by=by, answer=answer.strip()
    )
    note_entry(
        whistle=response.whistle,
        kind=Kind.EXTENSION_GRANTED if is_granted else Kind.EXTENSION_REFUSED,
        side=Side.COMMUNITY,
        by=by,
        now=now,
        text=answer.strip(),
        response=response,
    )
    unit_notices.extension_answered(extension)
    return extension


@removed_on_failure()
@retried_atomic
def deliver_whistle(
    *,
    response: WhistleResponse,
    text: str,
    photos: Sequence[CheckedPhoto],
    by: User,
    now: datetime,
) -> WhistleResponse:
    """Say that it is done; what is late stays late.

    Once nobody has it open any more the community is asked to confirm.
    """
    response = _locked(response, Deed.DELIVER)
    text = said(text, _("请写明办理结果。"), MOST_TEXT)
    is_late = response.is_overdue(now)
    response.pause_clock(now=now)
    response.move_to(
        Answer.DELIVERED,
        by=by,
        delivered_at=now,
        delivered_late=response.delivered_late or is_late,
        **clock_of(response),
    )
    entry = _note(response, Kind.DELIVERED, by, now, text)
    keep_photos(entry, photos, by)
    settle(whistle=response.whistle, by=by, now=now)
    notices.response_delivered(response)
    return response


@retried_atomic
def record_people_asked(
    *, response: WhistleResponse, activity: Activity, by: User, now: datetime
) -> WhistleEntry:
    """Tie an activity for which people are called together to the response.

    Raises WhistleRefused for an activity of others, or when there is one already.
    """
    response = _locked(response, Deed.ASK_PEOPLE)
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    _check_own(activity, response)
    if activity.whistle_response_id is None:
        activity.whistle_response = response
        try:
            with transaction.atomic():
                activity.save(update_fields=["whistle_response"])
        except IntegrityError as error:
            raise WhistleRefused(_("这次响应已经召集人手。")) from error
        audit.record("campaigns.activity_changed", target=activity, by=by)
    entry = _note(response, Kind.PEOPLE_ASKED, by, now, activity.title)
    _begin(response, by, now)
    notices.people_asked(response, activity)
    return entry


def _locked(response: WhistleResponse, deed: Deed) -> WhistleResponse:
    """The response under its locks. Raises WhistleRefused when the deed is not on."""
    response = locked_response(response.pk)
    check(deed, response.whistle, response)
    return response


def _note(
    response: WhistleResponse, kind: str, by: User, now: datetime, text: str = ""
) -> WhistleEntry:
    return note_entry(
        whistle=response.whistle,
        kind=kind,
        side=Side.UNIT,
        by=by,
        now=now,
        text=text,
        response=response,
    )


def _begin(response: WhistleResponse, by: User, now: datetime) -> None:
    if response.state == Answer.ACCEPTED:
        response.move_to(Answer.HANDLING, by=by)
    settle(whistle=response.whistle, by=by, now=now)


def _start_handling_clock(response: WhistleResponse, now: datetime) -> None:
    """To the end of work on the day the community wants it by, while that lies ahead.

    Else as long as its category and urgency give.
    """
    wanted_by, start = response.whistle.wanted_by, whole_minute(now)
    if wanted_by and (
        minutes := working_minutes_between(start, end_of_work(wanted_by))
    ):
        response.start_clock(minutes, now=start)
    else:
        hours = hours_of(response.whistle)
        response.start_clock(hours.handle_hours * HOUR, now=now)


def _lengthen(response: WhistleResponse, until: date, now: datetime) -> None:
    if response.due_at is None:
        raise WhistleRefused(_("办理时限没有在计时，不能延期。"))
    # Whole minutes, so that it ends with the day's work and not just before.
    response.clock_started_at = whole_minute(response.clock_started_at)
    response.lengthen_clock(0)
    minutes = working_minutes_between(response.due_at, end_of_work(until))
    response.lengthen_clock(minutes)
    if not response.is_overdue(now):
        response.overdue_step = 0  # a new time to end by is told upwards anew
    response.save(update_fields=response.CLOCK_FIELDS)


def _check_own(activity: Activity, response: WhistleResponse) -> None:
    if activity.whistle_response_id not in {None, response.pk}:
        raise WhistleRefused(_("该活动已用于另一次响应。"))
    below = Organization.objects.below(response.organization)
    if not below.filter(pk=activity.organization_id).exists():
        raise WhistleRefused(_("只能由本党组织或其下级举办活动。"))
