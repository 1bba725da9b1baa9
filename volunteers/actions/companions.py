"""Places a contact's sign-up holds for those who come along."""

from datetime import datetime

from volunteers.models import Companion, Signup
from volunteers.notices.groups import contact_left


def end_group_of(signup: Signup, *, now: datetime) -> None:
    """A sign-up is over: if it was a group's contact's, its open places went with it.

    Who joined by themselves keeps their own sign-up and is told. The caller holds
    the shift's lock and has freed the places.
    """
    group = signup.group
    if group is None or group.contact_id != signup.volunteer_id:
        return
    Companion.objects.held().filter(group=group).update(left_at=now)
    joined = Signup.objects.live().filter(companion__group=group)
    contact_left(group, joined.select_related("volunteer"))
