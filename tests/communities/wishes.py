"""People and wishes that the tests of micro-wishes share."""

from django.utils import timezone

from accounts.models import Notification, User
from communities.actions.wish_claims import claim_wish
from communities.models import Organization, Wish, WishClaim
from tests.factories.accounts import UserFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.wishes import PublishedWishFactory

CONTACT = {
    "resident_name": "示例陈阿婆",
    "resident_phone": "+8613800138000",
    "resident_consented": True,
}


def unit() -> tuple[Organization, User]:
    """An organisation and its official."""
    organization = OrganizationFactory()
    held = MembershipFactory(role="unit", organization=organization)
    return organization, held.user


def claimed(
    by: User | None = None, organization: Organization | None = None, **values: object
) -> WishClaim:
    """A wish claimed the real way, in person or for an organisation."""
    wish = PublishedWishFactory(**values)
    return claim_wish(
        wish=wish,
        by=by or UserFactory(),
        organization=organization,
        now=timezone.now(),
    )


def state_of(row: Wish | WishClaim) -> str:
    """The state as the database has it."""
    row.refresh_from_db()
    return row.state


def told(user: User) -> list[str]:
    """The kinds of what the user was told, the oldest first."""
    rows = Notification.objects.filter(recipient=user).order_by("pk")
    return list(rows.values_list("kind", flat=True))
