"""Objects of the small district: certificates and feeds."""

from typing import Any


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """Nothing yet."""
