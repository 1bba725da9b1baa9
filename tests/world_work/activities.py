"""Objects of the small district: activities."""

from typing import Any

from tests.factories.activities import ActivityPartnerFactory
from tests.factories.communities import OrganizationFactory


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """What the rows of the matrix name, for the own or the foreign side."""
    world.arguments["draft_key"] = ["activity-new"]
    leader = OrganizationFactory()
    invitation = ActivityPartnerFactory(
        organization=organization,
        activity__organization=leader,
        activity__state="submitted",
        activity__is_public=False,
    )
    world.arguments[f"{side}_invitation"] = [invitation.pk]
