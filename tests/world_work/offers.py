"""Objects of the small district: offers and posts."""

from typing import Any


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """Nothing yet."""
