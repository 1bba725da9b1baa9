"""Models of the ground floor; import them from here."""

from core.models.audit import AuditEntry, AuditSeal
from core.models.job import PeriodicJob
from core.models.numbering import NumberSeries
from core.models.spelling import SpelledModel
from core.models.states import StatefulModel

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "NumberSeries",
    "PeriodicJob",
    "SpelledModel",
    "StatefulModel",
]
