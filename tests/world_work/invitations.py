"""Objects of the small district: invitations, stand-ins, guardians."""

from typing import Any


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """Nothing yet."""
