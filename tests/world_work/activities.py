"""Objects of the small district: activities."""

from typing import Any


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """What the rows of the matrix name, for the own or the foreign side."""
    world.arguments["draft_key"] = ["activity-new"]
