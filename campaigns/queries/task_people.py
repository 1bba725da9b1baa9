"""Who is told about a task besides the organisations: the office."""

from accounts.models import User
from communities.models import Membership


def office_people() -> list[User]:
    """The people of the civilization office today."""
    held = Membership.objects.active().filter(
        role=Membership.Role.OFFICE, user__is_active=True
    )
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
