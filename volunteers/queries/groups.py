"""Reads of families and branches that come together."""

from accounts.models import User
from volunteers.models import Companion, Signup, SignupGroup


def held_signup(group: SignupGroup) -> Signup | None:
    """The contact's sign-up that holds the group's places, or None once it is over."""
    signups = group.signups.live().select_related("volunteer", "post")
    return signups.filter(volunteer_id=group.contact_id).first()


def companions_of(group: SignupGroup) -> list[Companion]:
    """Who comes along or is expected, by name where they have one."""
    rows = group.companions.filter(left_at=None).exclude(
        signup__state__in=Signup.GONE_STATES
    )
    return list(rows.select_related("signup__volunteer__user"))


def member_signup(group: SignupGroup, user: User) -> Signup | None:
    """The person's own sign-up in the group."""
    return group.signups.kept().filter(volunteer__user_id=user.pk).first()
