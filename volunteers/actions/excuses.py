"""Who could not come is excused."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.hours import HoursRefused
from volunteers.actions.locks import lock_shift
from volunteers.models import Signup
from volunteers.notices.hours import signup_excused
from volunteers.permissions import is_excusable


@retried_atomic
def excuse_signup(*, signup: Signup, by: User, now: datetime) -> Signup:
    """Excuse a late cancellation, or somebody who did not come.

    Raises HoursRefused for oneself, and where there is nothing to excuse.
    """
    shift = lock_shift(signup.shift_id)
    signup = (
        Signup.objects.select_for_update(of=("self",))
        .select_related("volunteer__user")
        .get(pk=signup.pk)
    )
    signup.shift = shift
    if by.pk == signup.volunteer.user_id:
        raise HoursRefused(_("不能谅解本人，请由其他负责人办理。"))
    if signup.state == Signup.State.NO_SHOW:
        signup.move_to(Signup.State.EXCUSED, by=by)
    elif is_excusable(signup):
        signup.is_excused = True
        signup.save(update_fields=["is_excused"])
        audit.record("volunteers.signup_excused", target=signup, by=by)
    else:
        raise HoursRefused(_("这条报名没有需要谅解的情况。"))
    signup_excused(signup)
    return signup
