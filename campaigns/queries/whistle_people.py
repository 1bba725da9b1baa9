"""Who is told about a whistle besides the units: its street, its community."""

from accounts.models import User
from campaigns.queries.task_people import office_people
from communities.models import Community, Membership
from communities.queries.officials import community_officials


def street_people(community: Community) -> list[User]:
    """People with an account who act for the community's street today."""
    held = Membership.objects.active().filter(
        role=Membership.Role.STREET,
        subdistrict_id=community.subdistrict_id,
        user__is_active=True,
    )
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def dispatchers_of(community: Community) -> list[User]:
    """Who dispatches its whistles: the street, or the office where nobody does."""
    return street_people(community) or office_people()


def blowers_of(community: Community) -> list[User]:
    """The community's officials; once it was merged, those of its successor."""
    seen = set()
    while community is not None and community.pk not in seen:
        if people := community_officials(community):
            return people
        seen.add(community.pk)
        community = community.successor
    return []
