"""Objects of the small district: a record the audit log knows, and one nobody knew."""

from typing import Any

from core import audit


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A line about the organisation."""
    audit.record("communities.organization_changed", target=organization, by=None)
    label = organization._meta.label
    world.arguments |= {
        f"{side}_log": [label, organization.pk],
        "unknown_log": [label, 2**62],
    }
