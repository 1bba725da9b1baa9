"""Objects of the small district: micro-wishes."""

from typing import Any

from tests.factories.wishes import PublishedWishFactory, WishClaimFactory, WishFactory


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A draft, a published wish, and one the side's organisation has claimed."""
    claim = WishClaimFactory(
        wish__community=community,
        organization=organization,
        person=None,
        claimed_by=world.users["unit"],
    )
    by_person = WishClaimFactory(
        wish__community=community, person=world.users["volunteer"]
    )
    world.arguments |= {
        f"{side}_wish_draft": [WishFactory(community=community).pk],
        f"{side}_wish": [PublishedWishFactory(community=community).pk],
        f"{side}_wish_claimed": [claim.wish_id],
        f"{side}_wish_claim": [claim.pk],
        f"{side}_wish_by_person": [by_person.wish_id],
        f"{side}_personal_claim": [by_person.pk],
    }
