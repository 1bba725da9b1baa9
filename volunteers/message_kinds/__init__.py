"""The kinds of messages about shifts and hours, a module for each noun."""

from accounts.notifications.kinds import register
from volunteers.message_kinds import hours, shifts, signups

KINDS = [*shifts.KINDS, *signups.KINDS, *hours.KINDS]


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(*KINDS)
