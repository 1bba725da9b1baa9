"""People and needs that the tests of the three lists share."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from communities.actions.need_claims import claim_need
from communities.models import Community, Need, NeedClaim, Organization
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)


def community_official(community: Community) -> User:
    """An official of the community."""
    return MembershipFactory(role="community", community=community).user


def official_of(organization: Organization) -> User:
    """An official of the unit."""
    return MembershipFactory(role="unit", organization=organization).user


def paired_unit(community: Community) -> tuple[Organization, User]:
    """An organisation paired with the community, and its official."""
    organization = OrganizationFactory()
    PairingFactory(organization=organization, community=community)
    return organization, official_of(organization)


def claim(need: Need, quantity: int = 1) -> tuple[NeedClaim, User]:
    """A claim of a paired unit made the real way, and the unit's official."""
    organization, official = paired_unit(need.community)
    made = claim_need(
        need=need,
        organization=organization,
        quantity=quantity,
        by=official,
        now=timezone.now(),
    )
    need.refresh_from_db()
    return made, official


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)
