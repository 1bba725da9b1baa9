"""Organisers ask people to a shift, without learning whom; "no, thanks" is quiet."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_shift
from volunteers.models import Invitation, Shift
from volunteers.notices.invitations import invited
from volunteers.queries.invitations import Criteria, invitable
from volunteers.rules import refusal_of_all


class InvitationRefused(RuleError):
    """Nobody can be asked to this shift."""


def invitation_refusal(shift: Shift, *, now: datetime) -> InvitationRefused | None:
    """Why nobody can be asked, or None."""
    if refusal := refusal_of_all(shift, now=now):
        return InvitationRefused(str(refusal))
    if not shift.activity.is_public:
        return InvitationRefused(_("活动没有公开，收到邀请的人打不开页面。"))
    if not shift.has_places:
        return InvitationRefused(_("名额已满，不用再邀请。"))
    if invitations_left(shift) < 1:
        return InvitationRefused(_("这个班次的邀请已发完。"))
    return None


def invitations_left(shift: Shift) -> int:
    """How many more people may be asked to the shift."""
    return max(settings.INVITATIONS_A_SHIFT - shift.invitations.count(), 0)


@retried_atomic
def invite(*, shift: Shift, criteria: Criteria, by: User, now: datetime) -> int:
    """Ask those who meet the criteria and could come; returns how many.

    When there are more than may still be asked, chance decides: people are not
    ranked. The log keeps the number, not the persons. Raises InvitationRefused, also
    when nobody meets the criteria. Source: issue 6, "organiser invites".
    """
    shift = lock_shift(shift.pk)
    if refusal := invitation_refusal(shift, now=now):
        raise refusal
    people = invitable(shift, criteria, by=by).order_by("?")
    chosen = list(people.values_list("pk", "user_id")[: invitations_left(shift)])
    if not chosen:
        raise InvitationRefused(_("没有符合条件又能参加的人，请放宽条件。"))
    Invitation.objects.bulk_create(
        Invitation(shift=shift, volunteer_id=pk, invited_by=by) for pk, _user in chosen
    )
    invited(shift, [user_id for _pk, user_id in chosen])
    audit.record("volunteers.shift_invited", target=shift, by=by, count=len(chosen))
    return len(chosen)


def decline_invitation(*, invitation: Invitation) -> None:
    """Keep quietly that the person would not like to come.

    On purpose no state and no line in the audit log: "no, thanks" is the person's own
    and is to be read and counted nowhere. A second time nothing
    changes. Source: PRODUCT section 4, voluntary means voluntary.
    """
    Invitation.objects.filter(pk=invitation.pk, declined_at=None).update(
        declined_at=timezone.now()
    )
