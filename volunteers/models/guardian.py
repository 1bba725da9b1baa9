"""A guardian's consent that a person of 14 to 17 may take part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StatefulModel
from volunteers.models.group import new_token
from volunteers.models.volunteer import Volunteer


class GuardianConsent(StatefulModel):
    """Asked for by the minor, given by the guardian through a link of their own.

    The guardian needs no account: with `token` they read what they agree to, agree,
    and take it back at any time without a reason. `text_version` is the text they
    read. Source: PRODUCT section 4, personal data.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("等监护人同意")
        GIVEN = "given", _("监护人已同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES = {
        State.ASKED: (State.GIVEN, State.WITHDRAWN),
        State.GIVEN: (State.WITHDRAWN,),
    }

    volunteer = models.ForeignKey(
        Volunteer,
        verbose_name=_("志愿者"),
        on_delete=models.PROTECT,
        related_name="guardian_consents",
    )
    guardian_name = models.CharField(_("监护人姓名"), max_length=50, blank=True)
    text_version = models.CharField(_("同意书版本"), max_length=20, editable=False)
    token = models.CharField(
        max_length=40, unique=True, default=new_token, editable=False
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.ASKED
    )
    asked_at = models.DateTimeField(_("发出时间"), auto_now_add=True)
    given_at = models.DateTimeField(_("同意时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("监护人同意")
        verbose_name_plural = _("监护人同意")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"],
                name="guardian_consent_one_live",
                condition=models.Q(state__in=["asked", "given"]),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="given")
                | (models.Q(given_at__isnull=False) & ~models.Q(guardian_name="")),
                name="guardian_consent_given_by_name",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
