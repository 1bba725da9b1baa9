"""What a person tells about themselves."""

from django.db import transaction

from accounts.models import User
from core import audit
from volunteers.models import Volunteer


def volunteer_of(user: User) -> Volunteer:
    """The person's volunteer record, made at first use."""
    return Volunteer.objects.select_related("user").get_or_create(user=user)[0]


@transaction.atomic
def save_volunteer(*, volunteer: Volunteer, by: User) -> Volunteer:
    """Keep what a person changed about themselves; returns their one record."""
    if volunteer.pk is None:
        held = volunteer_of(volunteer.user)  # it may have been made a moment ago
        for name in ("home_community", "guardian_name", "guardian_consented_at"):
            setattr(held, name, getattr(volunteer, name))
        volunteer = held
    volunteer.save()
    audit.record("volunteers.volunteer_changed", target=volunteer, by=by)
    return volunteer
