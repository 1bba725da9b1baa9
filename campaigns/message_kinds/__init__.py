"""The kinds of messages about the campaign's work, a module for each noun."""

from accounts.notifications.kinds import register
from campaigns.message_kinds import (
    activities,
    honors,
    tasks,
    whistle_clock,
    whistle_units,
    whistles,
)

KINDS = [
    *activities.KINDS,
    *tasks.KINDS,
    *whistle_clock.KINDS,
    *whistle_units.KINDS,
    *whistles.KINDS,
    *honors.KINDS,
]


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(*KINDS)
