"""Objects of the small district: addresses by which messages are switched off."""

from typing import Any

from accounts.notifications.unsubscribing import token_for


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """The volunteer's address for reminders of shifts, and one nobody signed."""
    if side == "own":
        token = token_for(world.users["volunteer"], "shift_reminder", "mail")
        world.arguments |= {"unsubscribing": [token], "forged": [f"{token[:-1]}!"]}
