"""Objects of the small district: honours."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories.honors import (
    FamilyHonorFactory,
    HonorFactory,
    HonorObjectionFactory,
)

DAY = timedelta(days=1)


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """An organisation's honours in several states, and hidden ones of families."""
    today = timezone.localdate()
    lasting = {"notice_starts_on": today - DAY, "notice_ends_on": today + 5 * DAY}
    noticed = HonorFactory(organization=organization, notice=True, **lasting)
    objection = HonorObjectionFactory(honor=noticed)
    objects = {
        "honor": HonorFactory(organization=organization),
        "honor_applied": HonorFactory(organization=organization, applied=True),
        "honor_notice": noticed,
        "family_honor": FamilyHonorFactory(community=community),
        # Its yearly check is due: the office may record it.
        "hidden_honor": FamilyHonorFactory(
            community=community, awarded=True, check_due_on=today
        ),
        "objection": objection,
    }
    for name, row in objects.items():
        world.arguments[f"{side}_{name}"] = [row.pk]
