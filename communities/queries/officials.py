"""Who holds a role today, to be told about something."""

from collections.abc import Collection

from accounts.models import User
from communities.models import Community, Membership, Organization


def unit_officials(organization: Organization | None) -> list[User]:
    """People with an account who act for this very organisation today."""
    if organization is None:
        return []
    return _holders(role=Membership.Role.UNIT, organization=organization)


def community_officials(community: Community) -> list[User]:
    """People with an account who act for the community today."""
    return _holders(role=Membership.Role.COMMUNITY, community=community)


def organizations_with_officials(ids: Collection[int]) -> set[int]:
    """Those of the organisations for which somebody holds an account today."""
    held = Membership.objects.active().filter(
        role=Membership.Role.UNIT, organization_id__in=ids, user__is_active=True
    )
    return set(held.values_list("organization_id", flat=True))


def _holders(**membership: object) -> list[User]:
    held = Membership.objects.active().filter(user__is_active=True, **membership)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))
