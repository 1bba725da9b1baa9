"""Models of the ground floor; import them from here."""

from core.models.audit import AuditEntry
from core.models.states import StatefulModel

__all__ = ["AuditEntry", "StatefulModel"]
