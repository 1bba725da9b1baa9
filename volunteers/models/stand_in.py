"""A person who cannot come asks somebody to come instead."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StatefulModel
from volunteers.models.group import new_token
from volunteers.models.signup import Signup


class StandIn(StatefulModel):
    """A place handed on by a link; who opens it, signed in, may take the place.

    Only while nobody can be offered the place: who waits comes first.
    """

    class State(models.TextChoices):
        OPEN = "open", _("等人接替")
        TAKEN = "taken", _("已有人接替")
        WITHDRAWN = "withdrawn", _("已收回")

    MOVES = {State.OPEN: (State.TAKEN, State.WITHDRAWN)}

    signup = models.ForeignKey(
        Signup,
        verbose_name=_("报名"),
        on_delete=models.PROTECT,
        related_name="stand_ins",
    )
    token = models.CharField(
        max_length=40, unique=True, default=new_token, editable=False
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.OPEN
    )
    created_at = models.DateTimeField(_("发出时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("替班")
        verbose_name_plural = _("替班")
        constraints = [
            models.UniqueConstraint(
                fields=["signup"],
                name="stand_in_one_open",
                condition=models.Q(state="open"),
            )
        ]

    def __str__(self) -> str:
        return str(self.signup)

    @property
    def audit_name(self) -> str:
        """No person is named in the audit log."""
        return self.signup.audit_name
