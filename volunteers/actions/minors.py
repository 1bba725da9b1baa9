"""An activity that became risky keeps no minors."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Activity
from core.transactions import retried_atomic
from volunteers.actions.guardians import call_off
from volunteers.actions.locks import lock_volunteers
from volunteers.models import Shift, Signup
from volunteers.notices.signups import signup_cancelled_by_organizer


def let_minors_go(*, now: datetime) -> int:
    """Cancel sign-ups of minors for coming shifts whose activity is no longer of low
    risk, and tell them; returns how many. Safe to run twice at once.

    The risk is changed on a lower floor, which knows no sign-ups, so the clock looks.
    Source: PRODUCT section 4, personal data ("no night or risk shifts").
    """
    found = _of_minors(now).values_list("pk", "shift_id", "volunteer_id")
    return sum(_let_go(shift, person, now=now) for _pk, shift, person in list(found))


def _of_minors(now: datetime) -> models.QuerySet:
    return (
        Signup.objects.live()
        .filter(
            shift__state=Shift.State.SCHEDULED,
            shift__starts_at__gt=now,
            volunteer__user__age_band=User.AgeBand.MINOR,
        )
        .exclude(shift__activity__risk=Activity.Risk.LOW)
        .order_by("pk")
    )


@retried_atomic
def _let_go(shift_id: int, volunteer_id: int, *, now: datetime) -> int:
    [volunteer] = lock_volunteers([volunteer_id])
    still = _of_minors(now).filter(shift=shift_id, volunteer=volunteer)
    if not still.exists():
        return 0
    reason = _("活动风险等级调高，未满18周岁不能参加")
    signup = call_off(shift_id, volunteer, reason=reason, by=None, now=now)
    if signup is None:
        return 0
    signup_cancelled_by_organizer(signup)
    return 1
