"""Reads of sign-ups."""

from django.db import models

from accounts.models import User
from volunteers.models import Shift, Signup


def live_signup(user: User, shift: Shift) -> Signup | None:
    """The user's sign-up that holds or waits for a place in the shift."""
    if not user.is_authenticated:
        return None
    return shift.signups.live().filter(volunteer__user_id=user.pk).first()


def own_signup(user: User, shift: Shift) -> Signup | None:
    """The user's latest sign-up for the shift unless they gave it up; may have lapsed.

    Whoever has one that was neither given up nor lapsed has no later one.
    """
    if not user.is_authenticated:
        return None
    own = shift.signups.filter(volunteer__user_id=user.pk)
    signup = own.select_related("volunteer").order_by("-pk").first()
    if signup is None or signup.state == Signup.State.CANCELLED:
        return None
    signup.shift, signup.volunteer.user = shift, user
    return signup


def signups_of(user: User) -> models.QuerySet:
    """A person's sign-ups with shift and activity."""
    return Signup.objects.filter(volunteer__user=user).select_related(
        "shift__activity__pillar", "shift__community"
    )
