"""What a person tells about themselves."""

from collections.abc import Iterable

from accounts.models import User
from core import audit
from core.transactions import retried_atomic
from volunteers.actions.locks import lock_volunteers
from volunteers.models import Skill, Volunteer

OWN_FIELDS = (
    "home_community",
    "availability",
    "accepts_known",
    "accepts_invitations",
    "shows_stars",
)


def volunteer_of(user: User) -> Volunteer:
    """The person's volunteer record, made at first use."""
    volunteer = Volunteer.objects.get_or_create(user=user)[0]
    volunteer.user = user
    return volunteer


@retried_atomic
def save_volunteer(
    *, volunteer: Volunteer, by: User, skills: Iterable[Skill] | None = None
) -> Volunteer:
    """Keep what a person changed about themselves; returns their one record.

    Only what the person writes is kept: a guardian's consent or a new calendar
    address of a moment ago stays. `skills` None leaves them as they are. The log says
    which fields changed, not what they hold.
    """
    held = volunteer_of(volunteer.user)  # it may have been made a moment ago
    [held] = lock_volunteers([held.pk])
    changed = [
        name for name in OWN_FIELDS if getattr(held, name) != getattr(volunteer, name)
    ]
    for name in changed:
        setattr(held, name, getattr(volunteer, name))
    held.save(update_fields=OWN_FIELDS)
    if skills is not None and set(held.skills.all()) != set(skills):
        held.skills.set(skills)
        changed.append("skills")
    audit.record("volunteers.volunteer_changed", target=held, by=by, fields=changed)
    return held
