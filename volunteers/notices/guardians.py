"""Messages about guardians' consent, to the minor: guardians need no account."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications import Message, notify
from volunteers.models import GuardianConsent, Signup
from volunteers.notices.signups import when
from volunteers.queries.reminder_times import needed_by


def guardian_agreed(consent: GuardianConsent) -> None:
    """Tell the minor that they may sign up now."""
    notify(
        [
            Message(
                recipient_id=consent.volunteer.user_id,
                kind="guardian_agreed",
                target=consent,
                title=_("监护人已同意"),
                body=_("监护人已同意您参加志愿服务，现在可以报名了。"),
                path=reverse("volunteers:shift_list"),
            )
        ]
    )


def guardian_took_back(consent: GuardianConsent, cancelled: Sequence[Signup]) -> None:
    """Tell the minor once what the withdrawal has cancelled."""
    body = _("监护人的同意已撤回，重新同意之前不能报名。")
    if cancelled:
        lines = [f"{signup.shift}（{when(signup.shift)}）" for signup in cancelled]
        body += _("以下报名已自动取消，不记为临时取消：%(shifts)s。") % {
            "shifts": "、".join(lines)
        }
    notify(
        [
            Message(
                recipient_id=consent.volunteer.user_id,
                kind="guardian_took_back",
                target=consent,
                title=_("监护人的同意已撤回"),
                body=body,
                path=reverse("volunteers:me"),
                has_email=bool(cancelled),
                expires_at=min(
                    (needed_by(signup.shift.starts_at) for signup in cancelled),
                    default=None,
                ),
            )
        ]
    )
