"""Reads of what people told about themselves."""

from accounts.models import User
from volunteers.models import Volunteer


def own_volunteer(user: User) -> Volunteer:
    """The person's record, or an unsaved one: reading a page writes nothing."""
    held = Volunteer.objects.filter(user=user).first()
    volunteer = held or Volunteer(user=user)
    volunteer.user = user
    return volunteer
