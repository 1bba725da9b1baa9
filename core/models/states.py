"""States and the only way to change them."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.errors import RuleError


class MoveRefused(RuleError):
    """The state a record is in does not lead to the state asked for."""


class StatefulModel(models.Model):
    """A model with a `state`, a `State` enum and a `MOVES` table beside it."""

    MOVES: ClassVar[Mapping[str, Collection[str]]] = {}

    state_changed_at = models.DateTimeField(
        gettext_lazy("状态变更时间"), default=timezone.now, editable=False
    )

    class Meta:
        abstract = True

    def can_move_to(self, state: str) -> bool:
        """Whether `MOVES` leads from the present state to `state`."""
        return state in self.MOVES.get(self.state, ())

    def move_to(
        self, state: str, *, by: Any, reason: str = "", **changes: Any
    ) -> models.Model:
        """Change the state, save it with `changes`, and return the audit line of it.

        `by` is the acting user, or None for the portal itself. The caller holds the
        lock on the row. Raises MoveRefused when `MOVES` does not allow the step.
        Source: PRODUCT section 3, "only move_to changes a state".
        """
        if not self.can_move_to(state):
            raise MoveRefused(
                _("当前状态为“%(now)s”，不能改为“%(then)s”。")
                % {
                    "now": self.get_state_display(),
                    "then": self.State(state).label,
                }
            )
        before, self.state = self.state, state
        self.state_changed_at = timezone.now()
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "state_changed_at", *changes])
        return audit.record(
            f"{self._meta.app_label}.{audit.noun_of(self)}_{state}",
            target=self,
            by=by,
            before=before,
            after=state,
            reason=reason,
        )
