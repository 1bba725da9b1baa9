"""Kinds of messages the office sets: one with words, one without, one unknown."""

from typing import Any


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """They are the same for everybody."""
    world.arguments["message_kind"] = ["shift_reminder"]
    world.arguments["fixed_kind"] = ["need_withdrawn"]
    world.arguments["unknown_kind"] = ["no-such-kind"]
