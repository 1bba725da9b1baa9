"""The kinds of messages about the registers, a module for each noun."""

from accounts.notifications.kinds import register
from communities.message_kinds import needs, registers, report_ins, wishes

KINDS = [*report_ins.KINDS, *needs.KINDS, *wishes.KINDS, *registers.KINDS]


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register(*KINDS)
