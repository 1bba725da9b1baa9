"""Objects of the small district: the day of a shift."""

from typing import Any


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """Nothing yet."""
