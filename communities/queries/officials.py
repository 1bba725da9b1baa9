"""Who holds a role today, to be told about something."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from accounts.models import User
from communities.models import Community, Membership, Organization
from communities.queries.history import successors


def unit_officials(organization: Organization | None) -> list[User]:
    """People with an account who act for this very organisation today."""
    if organization is None:
        return []
    return _holders(role=Membership.Role.UNIT, organization=organization)


def community_officials(community: Community) -> list[User]:
    """People with an account who act for the community today."""
    return _holders(role=Membership.Role.COMMUNITY, community=community)


def responsible_officials(
    organizations: Iterable[Organization], *, above: bool = False
) -> dict[int, list[User]]:
    """Organisation id to the officials who answer for it today.

    Its own, or those of the one it was merged into, through all steps; where nobody
    holds an account, those of the nearest organisation above that has some; [] where
    nobody does. With `above` the search begins one higher. Takes one query, and two
    more where one is over. Source: decision 0005; issue 7, "merged organisations reach
    the successor".
    """
    chains = {
        pk: _upward(heir)[above:] for pk, heir in _standing_for(organizations).items()
    }
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


def _standing_for(organizations: Iterable[Organization]) -> dict[int, Organization]:
    """Each organisation's number to the one that stands for it today."""
    standing = {row.pk: row for row in organizations}
    over = [row.pk for row in standing.values() if row.is_over and row.successor_id]
    if over:
        heirs = successors(Organization)
        rows = Organization.objects.in_bulk({heirs[pk] for pk in over if pk in heirs})
        standing |= {pk: rows[heirs[pk]] for pk in over if heirs.get(pk) in rows}
    return standing


def _upward(organization: Organization) -> list[int]:
    """Numbers of the organisation and of all above it, the nearest first."""
    return [int(pk) for pk in (organization.path or "").split("/") if pk][::-1]


def organizations_with_officials(ids: Collection[int]) -> set[int]:
    """Those of the organisations for which somebody holds an account today."""
    held = Membership.objects.active().filter(
        role=Membership.Role.UNIT, organization_id__in=ids, user__is_active=True
    )
    return set(held.values_list("organization_id", flat=True))


def _holders(**membership: object) -> list[User]:
    held = Membership.objects.active().filter(user__is_active=True, **membership)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
