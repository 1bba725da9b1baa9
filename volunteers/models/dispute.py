"""A person says that what was recorded about them is not right."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.permissions import Permission, scope_filter
from core.models import StatefulModel
from volunteers.models.signup import Signup


class HoursDisputeQuerySet(models.QuerySet):
    """Disputes by reader."""

    def visible_to(self, user) -> "HoursDisputeQuerySet":
        """The person sees their own; officials those of their organisations."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(signup__volunteer__user_id=user.pk)
            | scope_filter(
                user,
                Permission.SHIFT_MANAGE,
                organization="signup__shift__activity__organization",
            )
        )


class HoursDispute(StatefulModel):
    """About one sign-up after its shift: the hours, or that one was said not to have
    come. Answered by an official; upheld when something was corrected."""

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        UPHELD = "upheld", _("已更正")
        ANSWERED = "answered", _("已答复")
        WITHDRAWN = "withdrawn", _("已撤回")

    MOVES = {State.OPEN: (State.UPHELD, State.ANSWERED, State.WITHDRAWN)}

    signup = models.ForeignKey(
        Signup,
        verbose_name=_("报名"),
        on_delete=models.PROTECT,
        related_name="disputes",
    )
    text = models.CharField(_("异议"), max_length=200)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.OPEN
    )
    created_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("答复人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = HoursDisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("时长异议")
        verbose_name_plural = _("时长异议")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signup"],
                name="dispute_one_open_a_signup",
                condition=models.Q(state="open"),
                violation_error_message=_("您已提出异议，请等待答复。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.signup.shift)

    def get_absolute_url(self) -> str:
        return reverse("volunteers:dispute_detail", args=[self.pk])

    @property
    def audit_name(self) -> str:
        """No person is named in the audit log."""
        return self.signup.audit_name
