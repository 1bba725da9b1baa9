"""Who is told about a task: those who answer for an organisation, and the office."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import User
from communities.models import Membership, Organization


def responsible_officials(
    organizations: Iterable[Organization], *, above: bool = False
) -> dict[int, list[User]]:
    """Organisation id to the officials who answer for it.

    Its own; where nobody holds an account, those of the nearest organisation above
    that has some; [] where nobody does. With `above` the search begins one higher.
    Takes one query.
    """
    chains = {row.pk: _upward(row)[above:] for row in organizations}
    wanted = {pk for chain in chains.values() for pk in chain}
    held = Membership.objects.active().filter(
        role=Membership.Role.UNIT, organization_id__in=wanted, user__is_active=True
    )
    officials: dict[int, dict[int, User]] = defaultdict(dict)
    for membership in held.select_related("user").order_by("user_id"):
        officials[membership.organization_id][membership.user_id] = membership.user
    return {
        pk: next((list(officials[up].values()) for up in chain if up in officials), [])
        for pk, chain in chains.items()
    }


def _upward(organization: Organization) -> list[int]:
    """Numbers of the organisation and of all above it, the nearest first."""
    return [int(pk) for pk in (organization.path or "").split("/") if pk][::-1]


def office_people() -> list[User]:
    """The people of the civilization office today."""
    held = Membership.objects.active().filter(
        role=Membership.Role.OFFICE, user__is_active=True
    )
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
