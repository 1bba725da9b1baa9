"""Messages about hours: to the person, and to officials who have something to do."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notifications import Message, notify
from accounts.notifications.texts import fill, words_of
from communities.notices.telling import tell
from communities.queries.officials import responsible_officials
from core.dates import day_text, hours_text
from volunteers.models import HoursDispute, ServiceRecord, Shift, Signup
from volunteers.notices.signups import when

SETTLEMENT_REMINDER = "settlement_reminder"


def signups_settled(signups: Iterable[Signup]) -> None:
    """Tell each person what the roll says of them, and that they may object."""
    notify(
        Message(
            recipient_id=signup.volunteer.user_id,
            kind="signup_settled",
            target=signup,
            slot=signup.state,
            title=_("班次已结算：%(shift)s") % {"shift": signup.shift},
            body=_(
                "“%(shift)s”（%(when)s）已结算，您的登记为“%(state)s”。"
                "与实际不符的，可在“我的时长”中提出异议。"
            )
            % {
                "shift": signup.shift,
                "when": when(signup.shift),
                "state": signup.get_state_display(),
            },
            path=reverse("volunteers:hours_ledger"),
        )
        for signup in signups
    )


def record_confirmed(record: ServiceRecord) -> None:
    """Tell the person that the hours count."""
    _to_person(
        record,
        "record_confirmed",
        _("服务时长已确认：%(content)s"),
        _("“%(content)s”的 %(hours)s 小时已确认，计入您的服务时长。"),
    )


def record_rejected(record: ServiceRecord) -> None:
    """Tell the person that the hours do not count, and why."""
    _to_person(
        record,
        "record_rejected",
        _("服务时长未通过：%(content)s"),
        _("“%(content)s”的 %(hours)s 小时未通过。意见：%(answer)s"),
        answer=record.answer,
    )


def record_corrected(record: ServiceRecord, *, reason: str) -> None:
    """Tell the person the time as it stands now."""
    _to_person(
        record,
        "record_corrected",
        _("服务时长已更正：%(content)s"),
        _("“%(content)s”更正为 %(hours)s 小时（%(state)s）。理由：%(reason)s"),
        reason=reason,
    )


def record_voided(record: ServiceRecord, *, reason: str) -> None:
    """Tell the person that the hours count no more."""
    _to_person(
        record,
        "record_voided",
        _("服务时长已作废：%(content)s"),
        _("“%(content)s”的 %(hours)s 小时已作废。理由：%(reason)s"),
        reason=reason,
    )


def _to_person(
    record: ServiceRecord, kind: str, title: str, body: str, **more: str
) -> None:
    words = {
        "content": record.content,
        "hours": hours_text(record.minutes),
        "state": record.get_state_display(),
        **more,
    }
    tell(
        [record.volunteer.user_id],
        record,
        kind=kind,
        title=title % words,
        body=body % words,
    )


def late_entry_claimed(record: ServiceRecord) -> None:
    """Ask those who decide to look; no name of the person in the message."""
    organization = record.activity.organization
    officials = responsible_officials([organization])[organization.pk]
    tell(
        [one.pk for one in officials if one.pk != record.volunteer.user_id],
        record,
        kind="late_entry_claimed",
        title=_("补录待审核：%(content)s") % {"content": record.content},
        body=_("有志愿者申请补录“%(activity)s”的服务时长，请审核。")
        % {"activity": record.activity.title},
    )


def dispute_opened(dispute: HoursDispute) -> None:
    """Ask the organisation to answer."""
    shift = dispute.signup.shift
    organization = shift.activity.organization
    officials = responsible_officials([organization])[organization.pk]
    tell(
        [one.pk for one in officials if one.pk != dispute.signup.volunteer.user_id],
        dispute,
        kind="dispute_opened",
        title=_("时长异议：%(shift)s") % {"shift": shift},
        body=_("有志愿者对“%(shift)s”的登记提出异议，请核对并答复。")
        % {"shift": shift},
    )


def dispute_answered(dispute: HoursDispute) -> None:
    """Tell the person the answer."""
    tell(
        [dispute.signup.volunteer.user_id],
        dispute,
        kind="dispute_answered",
        title=_("异议%(state)s：%(shift)s")
        % {"state": dispute.get_state_display(), "shift": dispute.signup.shift},
        body=_("答复：%(answer)s") % {"answer": dispute.answer},
    )


def signup_excused(signup: Signup) -> None:
    """Tell the person that all is well."""
    tell(
        [signup.volunteer.user_id],
        signup,
        kind="signup_excused",
        title=_("已记为请假：%(shift)s") % {"shift": signup.shift},
        body=_("组织者知道您有事没能来“%(shift)s”，已记为请假。")
        % {"shift": signup.shift},
        path=signup.shift.get_absolute_url(),
    )


def settlement_due(
    shift: Shift, officials: Iterable[User], *, due_on: date | None, slot: str
) -> None:
    """Remind the officials that a shift is to be settled, and until when."""
    values = {"shift": str(shift), "when": when(shift)}
    if due_on is not None:
        values["due"] = day_text(due_on)
    variant = "" if due_on else "undated"
    title, body = fill(words_of(SETTLEMENT_REMINDER, variant), values)
    tell(
        [one.pk for one in officials],
        shift,
        kind=SETTLEMENT_REMINDER,
        slot=slot,
        title=title,
        body=body,
        path=reverse("volunteers:shift_settle", args=[shift.pk]),
    )
