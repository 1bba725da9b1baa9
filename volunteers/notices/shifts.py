"""Messages about a shift to those signed up."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.notifications import Message, notify, withdraw
from accounts.notifications.planning import Said
from accounts.notifications.texts import fill, words_of
from campaigns.models import Activity
from core.dates import moment_text
from volunteers.models import Shift, ShiftMessage, Signup
from volunteers.notices.signups import SHIFT_REMINDER, when
from volunteers.queries.reminder_times import needed_by


class WhenAndHow(TypedDict):
    """What a plan says of a reminder besides its words."""

    slot: str
    due_at: datetime
    expires_at: datetime
    state: str


def shift_cancelled(shift: Shift, signups: Iterable[Signup], *, reason: str) -> None:
    """Tell everybody once that the shift will not take place."""
    values = {"shift": str(shift), "when": when(shift), "reason": reason}
    title, body = fill(words_of("shift_cancelled"), values)
    notify(
        Message(
            recipient_id=signup.volunteer.user_id,
            kind="shift_cancelled",
            target=shift,
            title=title,
            body=body,
            path=shift.get_absolute_url(),
            has_email=True,
            expires_at=needed_by(shift.starts_at),
        )
        for signup in signups
    )


def activity_cancelled(
    activity: Activity, signups: Iterable[Signup], *, reason: str
) -> None:
    """Tell each person once, however many of its shifts they signed up for."""
    shifts: dict[int, list[str]] = {}
    firsts: dict[int, datetime] = {}
    for signup in signups:
        user_id, starts_at = signup.volunteer.user_id, signup.shift.starts_at
        firsts[user_id] = min(firsts.get(user_id, starts_at), starts_at)
        line = f"{signup.shift.title}（{when(signup.shift)}）"
        shifts.setdefault(user_id, []).append(line)
    words, path = words_of("activity_cancelled"), reverse("volunteers:me")
    messages = []
    for recipient_id, lines in shifts.items():
        values = {"activity": activity, "shifts": "、".join(lines), "reason": reason}
        title, body = fill(words, values)
        messages.append(
            Message(
                recipient_id=recipient_id,
                kind="activity_cancelled",
                target=activity,
                title=title,
                body=body,
                path=path,
                has_email=True,
                expires_at=needed_by(firsts[recipient_id]),
            )
        )
    notify(messages)


def shift_changed(shift: Shift, signups: Iterable[Signup], *, was_at: datetime) -> None:
    """Tell those signed up the new time or place; what was to be said is void.

    `was_at` is when they would have come without it.
    """
    signups = list(signups)
    withdraw(*signups, kinds=[SHIFT_REMINDER])
    values = {"shift": str(shift), "when": when(shift), "place": shift.place}
    title, body = fill(words_of("shift_changed"), values)
    notify(
        Message(
            recipient_id=signup.volunteer.user_id,
            kind="shift_changed",
            target=shift,
            slot=timezone.now().isoformat(),
            title=title,
            body=body,
            path=shift.get_absolute_url(),
            has_email=True,
            expires_at=needed_by(min(was_at, shift.starts_at)),
        )
        for signup in signups
    )


def shift_message(message: ShiftMessage, recipients: Iterable[int]) -> None:
    """Hand on what an organiser wrote."""
    shift = message.shift
    notify(
        Message(
            recipient_id=recipient_id,
            kind="shift_message",
            target=message,
            title=_("组织者通知：%(shift)s") % {"shift": shift},
            body=message.text,
            path=shift.get_absolute_url(),
            has_email=True,
        )
        for recipient_id in recipients
    )


def signup_moved(signup: Signup, *, now: datetime) -> None:
    """Tell the person that the organiser has moved them to the waitlist."""
    withdraw(signup, kinds=[SHIFT_REMINDER])
    _tell(
        signup,
        "signup_moved",
        now.isoformat(),
        _("已移入候补：%(shift)s"),
        _(
            "组织者减少了“%(shift)s”（%(when)s）的名额，您已移入候补，"
            "序号 %(position)d。空出名额时最先通知您。"
        ),
        expires_at=needed_by(signup.shift.starts_at),
    )


def offer_taken_back(signup: Signup, *, offered_at: datetime) -> None:
    """Tell the person that the place is held no more, as there are fewer places."""
    withdraw(signup, kinds=["place_offered"])
    _tell(
        signup,
        "offer_taken_back",
        offered_at.isoformat(),
        _("保留的名额已收回：%(shift)s"),
        _(
            "组织者减少了“%(shift)s”（%(when)s）的名额，为您保留的名额已收回。"
            "您仍在候补，序号 %(position)d。"
        ),
        expires_at=needed_by(signup.shift.starts_at),
    )


def offer_end_changed(signup: Signup, *, now: datetime) -> None:
    """Tell the person until when the place is held now that the start has moved."""
    withdraw(signup, kinds=["place_offered"])
    _tell(
        signup,
        "offer_end_changed",
        now.isoformat(),
        _("请确认名额：%(shift)s"),
        _("“%(shift)s”改了时间（%(when)s），请在 %(until)s 前确认为您保留的名额。"),
        expires_at=signup.offer_ends_at,
    )


def shift_clashes(shift: Shift, others: Iterable[Signup], *, now: datetime) -> None:
    """Tell people that the shift now clashes with another one they signed up for."""
    notify(
        Message(
            recipient_id=other.volunteer.user_id,
            kind="shift_clash",
            target=other,
            slot=now.isoformat(),
            title=_("时间冲突：%(shift)s") % {"shift": shift},
            body=_(
                "“%(shift)s”改为 %(when)s，与您已报名的“%(other)s”（%(other_when)s）"
                "时间冲突，请取消其中一个。"
            )
            % {
                "shift": shift,
                "when": when(shift),
                "other": other.shift,
                "other_when": when(other.shift),
            },
            path=reverse("volunteers:me"),
            has_email=True,
        )
        for other in others
    )


def _tell(
    signup: Signup,
    kind: str,
    slot: str,
    title: str,
    body: str,
    *,
    expires_at: datetime | None,
) -> None:
    shift = signup.shift
    words = {
        "shift": str(shift),
        "when": when(shift),
        "position": signup.position or 0,
        "until": moment_text(signup.offer_ends_at) if signup.offer_ends_at else "",
    }
    notify(
        [
            Message(
                recipient_id=signup.volunteer.user_id,
                kind=kind,
                target=signup,
                slot=slot,
                title=title % words,
                body=body % words,
                path=shift.get_absolute_url(),
                has_email=True,
                expires_at=expires_at,
            )
        ]
    )


def reminder_said(
    shift: Shift, words: tuple[str, str], **when_and_how: Unpack[WhenAndHow]
) -> Said:
    """What reminds those who hold a place of the shift to come, in these words."""
    values = {"shift": str(shift), "when": when(shift), "place": shift.place}
    title, body = fill(words, values)
    path = shift.get_absolute_url()
    return Said(title=title, body=body, path=path, **when_and_how)


def people_wanted(shift: Shift, recipients: Iterable[int]) -> None:
    """Invite members living near to help with a whistle; no answer is an answer too.

    Source: PRODUCT section 4, voluntary means voluntary.
    """
    activity = shift.activity
    words = {
        "activity": activity.title,
        "organization": activity.organization.name,
        "community": activity.community.name,
        "when": when(shift),
        "place": shift.place,
    }
    title = _("邀请参加：%(activity)s") % words
    body = (
        _(
            "%(community)s吹哨，%(organization)s召集人手。时间：%(when)s，"
            "集合地点：%(place)s。自愿参加，不参加不用回复。"
        )
        % words
    )
    notify(
        Message(
            recipient_id=recipient_id,
            kind="people_wanted",
            target=shift,
            title=title,
            body=body,
            path=shift.get_absolute_url(),
        )
        for recipient_id in recipients
    )
