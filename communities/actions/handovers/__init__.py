"""What merges and splits do to the rows of this app; see `base`."""

from communities.actions.handovers.base import (
    Handover,
    Held,
    Node,
    handovers_for,
    register,
    register_all,
)

__all__ = ["Handover", "Held", "Node", "handovers_for", "register", "register_all"]
